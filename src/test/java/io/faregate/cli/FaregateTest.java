package io.faregate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.Document;
import io.faregate.audit.SampleCalls;
import io.faregate.cli.port.Servers.DemoOptions;
import io.faregate.cli.port.Servers.ServeOptions;
import io.faregate.cli.port.Servers.SimOptions;
import io.faregate.cli.terminal.Outlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaregateTest {
  private static final String CONFIG = "src/test/golden/cli/support.yaml";

  @TempDir private Path folder;

  private final Shell shell = new Shell().with("OPENAI_API_KEY", "a-key-of-the-test");

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfEveryCommandEndsWithAnExample(List<String> command) {
    var arguments = Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);

    var answer = shell.run(arguments);

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).contains("Usage: faregate");
    assertThat(answer.out().strip().lines().toList().getLast()).startsWith("Example: ");
    assertThat(answer.out().lines()).allMatch(line -> line.length() <= 80);
  }

  static List<List<String>> commands() {
    return List.of(
        List.of(),
        List.of("demo"),
        List.of("init"),
        List.of("check"),
        List.of("serve"),
        List.of("route"),
        List.of("why"),
        List.of("audit"),
        List.of("prices"),
        List.of("prices", "list"),
        List.of("prices", "show"),
        List.of("prices", "check"),
        List.of("prices", "diff"),
        List.of("prices", "import"),
        List.of("calc"),
        List.of("worksheet"),
        List.of("worksheet", "diff"),
        List.of("worksheet", "measure"),
        List.of("limits"),
        List.of("limits", "in-doubt"),
        List.of("limits", "resolve"),
        List.of("top"),
        List.of("keys"),
        List.of("keys", "new"),
        List.of("keys", "list"),
        List.of("keys", "rotate"),
        List.of("keys", "revoke"),
        List.of("doctor"),
        List.of("sim"),
        List.of("completion"));
  }

  @Test
  void routeHasTheFieldsOfTheContract() {
    var route = json("route", "--config", CONFIG, "--workflow", "support", "--step", "faq");

    assertThat(route)
        .containsKeys("task", "task_source", "plan", "first_tier", "tier", "reasons", "chain")
        .containsKeys("rules", "input_tokens", "limits", "refusal")
        .containsEntry("task", "chat")
        .containsEntry("task_source", "step")
        .containsEntry("estimated_cost_usd", "0.005200000");
    assertThat(first(route, "chain")).containsOnlyKeys("tier", "model", "kind", "reason");
    assertThat(first(route, "rules")).containsOnlyKeys("rule", "matched", "why");
    assertThat(inner(route, "input_tokens"))
        .containsOnlyKeys(
            "system", "user", "documents", "history", "tools", "tool_results", "total");
  }

  @Test
  void aRefusedRouteHasTheSameFieldsAndEndsWithOne() {
    var answer = shell.run("route", "--config", CONFIG, "--task", "none", "--json");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.json())
        .containsKeys("task", "task_source", "plan", "first_tier", "tier", "reasons", "chain")
        .containsKeys("rules", "input_tokens", "limits", "estimated_cost_usd");
    assertThat(inner(answer.json(), "refusal"))
        .containsEntry("status", 400)
        .containsKeys("reason", "limit", "resets_at");
  }

  @Test
  void anUnpricedRouteIsNullInJson() {
    var route = json("route", "--config", CONFIG, "--model", "alpha/local");

    assertThat(route).containsEntry("estimated_cost_usd", null);
  }

  @Test
  void whyHasTheFieldsOfTheContract() {
    var why = json("why", SampleCalls.ID, "--data", "calls");

    assertThat(why)
        .containsKeys("call", "status", "workflow", "step", "action", "task", "plan", "tier")
        .containsKeys("model", "reasons", "rules", "chain", "price_date", "task_source")
        .containsEntry("cost_usd", "0.016522000");
    assertThat(first(why, "attempts"))
        .containsKeys("number", "kind", "reason", "tier", "provider", "model", "status")
        .containsKeys("usage", "usage_source", "cost_usd", "cost_by_kind", "cost_by_segment");
    assertThat(inner(first(why, "attempts"), "usage"))
        .containsOnlyKeys(
            "input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning");
  }

  @Test
  void aLengthOfTimeMayReachBackBeforeAllCallsAndATimeMayNot() {
    assertThat(json("audit", "--data", "calls", "--since", "999999999d"))
        .containsEntry("from", "0001-01-01T00:00:00Z")
        .containsEntry("calls", 1);

    var ancient = shell.run("audit", "--data", "calls", "--since", "0000-01-01");
    assertThat(ancient.exitCode()).isEqualTo(2);
    assertThat(ancient.err()).contains("--since 0000-01-01 is no time");
  }

  @Test
  void auditHasTheFieldsOfTheContract() {
    var audit = json("audit", "--data", "calls", "--since", "1d");

    assertThat(audit)
        .containsKeys("from", "to", "calls", "attempts", "by_model", "by_tier", "by_workflow")
        .containsKeys("fallback_rate", "fallback_reasons", "retry_rate", "in_doubt_usd")
        .containsKeys("cost_per_completed_action_usd", "correction_rate", "premium_growth")
        .containsKeys("unpriced_calls", "findings")
        .containsEntry("total_usd", "0.016522000")
        .containsEntry("calls", 1)
        .containsEntry("attempts", 2);
    assertThat(first(audit, "by_model")).containsEntry("model", "beta/<large>");
  }

  @Test
  void pricesAreJsonToo() {
    var list = shell.run("prices", "list", "--config", CONFIG, "--vendor", "alpha", "--json");
    var show = json("prices", "show", "alpha/local", "--config", CONFIG);

    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).startsWith("[").contains("\"model\": \"alpha/large\"");
    assertThat(show).containsEntry("price", null).containsEntry("prices", List.of());
  }

  @Test
  void pricesPlansAndKeysNeedNoSecrets() throws IOException {
    var file = folder.resolve("faregate.yaml");
    var secrets = "key: [\"${OPENAI_API_KEY}\", \"file:secrets/openai\"], headers: { a: \"${B}\" }";
    Files.writeString(
        file, Files.readString(Path.of(CONFIG)).replace("key: \"${OPENAI_API_KEY}\"", secrets));
    var without = new Shell();

    var calc = without.run("calc", "--input", "1M", "--config", file.toString());
    var list = without.run("prices", "list", "--vendor", "alpha", "--config", file.toString());

    assertThat(calc.exitCode()).isZero();
    assertThat(calc.out()).contains("alpha/small", "0.200000000", "alpha/large", "2.000000000");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).contains("alpha/small", "alpha/local");
    assertThat(calc.err()).isEmpty();
    assertThat(without.run("keys", "list", "--config", file.toString()).exitCode()).isZero();
    assertThat(without.run("keys", "new", "web", "--write", "--config", file.toString()).exitCode())
        .isZero();
    assertThat(without.run("keys", "revoke", "web", "--config", file.toString()).exitCode())
        .isZero();
    assertThat(without.run("check", "--config", file.toString()).exitCode()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNamedHasToBeThereAlsoByTheUsualName() {
    assertThat(shell.run("prices", "list").exitCode()).isZero();
    assertThat(shell.run("prices", "list", "--config", "faregate.yaml").exitCode()).isEqualTo(3);
  }

  @Test
  void pricesAndPlansNeedNoFilesOfCertificates() throws IOException {
    var file = folder.resolve("faregate.yaml");
    var text =
        Files.readString(Path.of(CONFIG))
            .replace("key: \"${OPENAI_API_KEY}\"", "ca: not-here.pem, key: \"${OPENAI_API_KEY}\"");
    Files.writeString(file, "server: { tls: { cert: not-here.pem, key: nor-here.pem } }\n" + text);

    var calc = new Shell().run("calc", "--input", "1M", "--config", file.toString());

    assertThat(calc.exitCode()).as(calc.err()).isZero();
    assertThat(calc.out()).contains("alpha/small", "0.200000000");
    assertThat(shell.run("check", "--config", file.toString()).out())
        .contains("not-here.pem", "nor-here.pem");
  }

  @Test
  void initWritesAFileThatCheckAccepts() throws IOException {
    var file = folder.resolve("new.yaml").toString();

    assertThat(shell.run("init", "--config", file).exitCode()).isZero();
    assertThat(shell.run("check", "--strict", "--config", file).exitCode()).isZero();
    assertThat(shell.run("route", "--config", file).exitCode()).isZero();
  }

  @Test
  void initLeavesAFileAloneUnlessForced() throws IOException {
    var file = folder.resolve("mine.yaml");
    Files.writeString(file, "mine");

    var refused = shell.run("init", "--config", file.toString());

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("left alone", "--force");
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(shell.run("init", "--force", "--config", file.toString()).exitCode()).isZero();
    assertThat(Files.readString(file)).contains("providers:");
  }

  @Test
  void initNamesTheVariableThatIsNotSet() {
    var file = folder.resolve("a.yaml").toString();

    assertThat(new Shell().run("init", "--config", file).err()).contains("export OPENAI_API_KEY");
    assertThat(shell.run("init", "--force", "--config", file).err()).doesNotContain("export");
  }

  @Test
  void aFolderThatIsNotThereIsSaidWithoutAskingForAReport() {
    var answer = shell.run("init", "--config", folder.resolve("none/a.yaml").toString());

    assertThat(answer.exitCode()).isEqualTo(4);
    assertThat(answer.err()).contains("does its folder exist").doesNotContain("report that");
  }

  @Test
  void serversGetTheirOptions() {
    fine("serve", "--config", "c.yaml", "--data", "d", "--port", "1", "--admin-port", "2");
    fine("serve", "--config", "c.yaml", "--accept-journal-loss");
    fine("demo", "--port", "0");
    fine("sim", "--first-byte", "1s", "--answer-tokens", "7", "--script", "s.yaml");

    assertThat(shell.started())
        .containsExactly(
            new ServeOptions(Path.of("c.yaml"), Path.of("d"), 1, 2, false),
            new ServeOptions(Path.of("c.yaml"), Path.of("data"), null, null, true),
            new DemoOptions(null, 0, 8081),
            new SimOptions(
                "simulated",
                "127.0.0.1",
                8090,
                1,
                Duration.ofSeconds(1),
                Duration.ofMillis(10),
                7,
                Path.of("s.yaml")));
  }

  @Test
  void thereAreColoursOnAScreenOnly() {
    var why = new String[] {"why", SampleCalls.ID, "--data", "calls"};

    assertThat(new Shell().onScreen(120).run(why).out()).contains("\u001b[1m");
    assertThat(new Shell().onPlainScreen(120).run(why).out()).doesNotContain("\u001b");
    assertThat(new Shell().run(why).out()).doesNotContain("\u001b");
  }

  @Test
  void aNarrowScreenIsNotOverrunByTables() {
    var narrow = new Shell().onPlainScreen(80);
    var why = narrow.run("why", SampleCalls.ID, "--data", "calls");
    var audit = new Shell().onPlainScreen(72).run("audit", "--data", "calls", "--since", "1d");

    assertThat(why.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(why.out()).contains("alpha/small", "beta/<large>", "provider_error");
    assertThat(audit.out().lines()).allMatch(line -> line.length() <= 72);
    assertThat(audit.err()).contains("left out for want of room: CACHE WRITE");
  }

  @Test
  void dataThatCannotBeWrittenIsAnErrorUnlessItsReaderHasLeft() {
    var disk = new Outlet(new FailingStream("No space left on device"));
    var pipe = new Outlet(new FailingStream("Broken pipe"));

    var full = shell.printingTo(disk).run("completion");
    var left = shell.printingTo(pipe).run("completion");

    assertThat(full.exitCode()).isEqualTo(4);
    assertThat(full.err()).contains("could not be written in full");
    assertThat(left.exitCode()).isZero();
    assertThat(left.err()).isEmpty();
  }

  @Test
  void completionKnowsEveryCommand() {
    assertThat(shell.run("completion").out())
        .contains("audit", "prices", "--input-tokens")
        .contains("(\"table\" \"md\" \"csv\" \"xlsx\" \"json\")");
  }

  private Map<String, @Nullable Object> json(String... arguments) {
    var with = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    var answer = shell.run(with);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exitCode()).isZero();
    return answer.json();
  }

  private void fine(String... arguments) {
    assertThat(shell.run(arguments).exitCode()).isZero();
  }

  private static Map<String, @Nullable Object> inner(
      Map<String, @Nullable Object> document, String name) {
    return Document.of(document).inner(name).fields();
  }

  private static Map<String, @Nullable Object> first(
      Map<String, @Nullable Object> document, String name) {
    return Document.of(document).list(name).getFirst().fields();
  }
}
