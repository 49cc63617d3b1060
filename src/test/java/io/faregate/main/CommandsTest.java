package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.cli.Shell;
import io.faregate.cli.port.Servers.DemoOptions;
import io.faregate.cli.port.Servers.ServeOptions;
import io.faregate.cli.port.Servers.SimOptions;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.Terminal;
import io.faregate.journal.FileJournal;
import io.faregate.journal.JournalException;
import io.faregate.ledger.PremiumEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands beside a whole gateway: while it runs they ask it, afterwards they open its store.
class CommandsTest {
  private static final String HELLO =
      "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir private Path data;

  private final StringWriter notes = new StringWriter();
  private final Commands commands =
      new Commands(
          new Terminal(
              new PrintWriter(new StringWriter()), new PrintWriter(notes, true), false, 0));
  private final Shell shell = new Shell().with(commands, InstantSource.system());

  @Test
  void reportsAreTheSameFromTheServerAndFromItsStore() {
    String call;
    String why;
    Map<String, ?> audit;
    var span = InstantSource.system().instant().minus(Duration.ofMinutes(1)).toString();
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      call = lab.chat(HELLO).headers().firstValue("x-faregate-call").orElseThrow();
      assertThat(lab.ledger().call(call)).isPresent();
      why = shell.run("why", call, "--data", data.toString(), "--json").out();
      audit = shell.run(audit(span)).json();
    }

    assertThat(why).contains(call);
    assertThat(shell.run("why", call, "--data", data.toString(), "--json").out()).isEqualTo(why);
    var stored = shell.run(audit(span)).json();
    assertThat(stored).containsEntry("calls", 1);
    assertThat(stored.get("from")).isEqualTo(audit.get("from"));
    assertThat(stored.get("total_usd")).isEqualTo(audit.get("total_usd"));
  }

  @Test
  void aReportSaysIfTheStoreLacksWhatTheJournalHas() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      assertThat(lab.chat(HELLO).statusCode()).isEqualTo(200);
      assertThat(lab.ledger().watermark()).isNotNull();
    }
    assertThat(shell.run("audit", "--data", data.toString()).exitCode()).isZero();
    assertThat(notes.toString()).isEmpty();

    var settings = FileJournal.Settings.of(data.resolve("journal"));
    try (var journal = FileJournal.open(settings, InstantSource.system())) {
      journal.append(new PremiumEntry("call_z", null, 1, 0, 0));
    }

    assertThat(shell.run("audit", "--data", data.toString()).exitCode()).isZero();
    assertThat(notes.toString()).contains("did not stop in order", "`faregate serve`");
  }

  @Test
  void aReportSaysThatTheServerDied() throws IOException {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      assertThat(lab.ledger().watermark()).isNotNull();
      Files.copy(data.resolve("server.json"), data.resolve("kept"));
    }
    Files.move(data.resolve("kept"), data.resolve("server.json"));

    assertThat(shell.run("audit", "--data", data.toString()).exitCode()).isZero();
    assertThat(notes.toString()).contains("did not stop in order", "had under way");
  }

  @Test
  void aServerCanBeNamed() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var admin = lab.wiring().adminUrl();
      assertThat(lab.ledger().watermark()).isNotNull();

      var audit = shell.run("audit", "--admin", admin + "/", "--json");
      var unknown = shell.run("why", "call_unknown", "--admin", admin);

      assertThat(audit.exitCode()).isZero();
      assertThat(audit.json()).containsEntry("calls", 0);
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.err()).contains("no call call_unknown");
    }
  }

  @Test
  void aScriptOfTheSimulatorIsReadBeforeItStarts() throws IOException {
    var wrong = Files.writeString(data.resolve("wrong.yaml"), "conversations: [{ when: a }]");

    assertThatThrownBy(() -> commands.sim(scripted(data.resolve("none.yaml"))))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cannot read the script")
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> commands.sim(scripted(wrong)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("wrong.yaml: conversations[0] needs turns");
  }

  @Test
  void theDemoLeavesAloneWhatIsNotItsOwn() throws IOException {
    var own = Files.writeString(data.resolve("faregate.yaml"), "mine");
    try (var demo = new Demo(data, "{ port: 0, admin: { port: 0 } }")) {
      assertThat(demo.wiring().port()).isPositive();
      assertThat(data.resolve("demo.yaml")).exists();
      assertThat(own).hasContent("mine");

      var policy = Files.readString(data.resolve("demo.yaml"));
      assertThatThrownBy(() -> new Demo(data, "{ port: 0, admin: { port: 0 } }"))
          .isInstanceOf(JournalException.class);
      assertThat(data.resolve("demo.yaml")).hasContent(policy);
    }
    Files.delete(data.resolve("demo.yaml"));

    assertThatThrownBy(() -> new Demo(data, "{ port: 0, admin: { port: 0 } }"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("records that are not the demo's");
  }

  @Test
  void aDemoThatDoesNotStartLeavesNoTemporaryFolder() throws IOException {
    var before = temporaryFolders();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options = new DemoOptions(null, taken.getLocalPort(), 0);

      assertThatThrownBy(() -> commands.demo(options)).isInstanceOf(CliException.class);
    }
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  private static List<Path> temporaryFolders() throws IOException {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(each -> each.getFileName().toString().startsWith("faregate-demo-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theDemoSaysWhereItMayNotWrite() throws IOException {
    var file = Files.writeString(data.resolve("file"), "");

    assertThatThrownBy(() -> new Demo(file, "{ port: 0, admin: { port: 0 } }"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cannot write " + file)
        .hasMessageContaining("--data");
  }

  @Test
  void theDemoSuggestsCommandsThatRunWhateverItsFolderIsNamed() {
    var odd = data.resolve("sp ace").resolve("it's");
    try (var demo = new Demo(odd, "{ port: 0, admin: { port: 0 } }")) {
      var folder = "'" + data + "/sp ace/it'\\''s";

      assertThat(DemoText.of(demo.wiring(), odd, "log"))
          .contains("why CALL --data " + folder + "'\n")
          .contains("route --config " + folder + "/demo.yaml' --workflow")
          .contains("data     " + odd + " (");
      assertThat(DemoText.of(demo.wiring(), data, "log"))
          .contains("why CALL --data " + data + "\n");
    }
  }

  @Test
  void twoPortsAreNotOne() throws IOException {
    var policy = Lab.POLICY.replaceAll("@\\w+", "http://127.0.0.1:1/v1");
    var config = Files.writeString(data.resolve("faregate.yaml"), policy);

    assertThatThrownBy(() -> commands.serve(new ServeOptions(config, data, 1234, 1234, false)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("data port and admin port are both 1234");
    assertThatThrownBy(() -> commands.demo(new DemoOptions(data, 1234, 1234)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--admin-port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "nosuch.invalid"})
  void aHostThatIsNotOfThisMachineIsNamedWithWhatSaysSo(String host) {
    var settings = new SimOptions("sim", host, 0, 1, Duration.ZERO, Duration.ZERO, 1, null);

    assertThatThrownBy(() -> commands.sim(settings))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cannot listen on " + host)
        .hasMessageContaining("name an address of this machine with --host");
  }

  @Test
  void aServerIsFoundWhereverItsAdminPortListens() {
    var policy = Lab.POLICY.replace("admin: { port: 0 }", "admin: { host: 127.0.0.2, port: 0 }");
    try (var lab = new Lab(data, List.of("alpha", "beta"), policy)) {
      assertThat(lab.wiring().adminUrl()).startsWith("http://127.0.0.2:");
      assertThat(shell.run("limits", "--data", data.toString()).exitCode()).isZero();
    }
  }

  @Test
  void aServerThatOthersReachDoesNotStartWithoutKeys() throws IOException {
    var policy = Lab.POLICY.replace("@alpha", "http://127.0.0.1:1/v1");
    var open =
        policy.replace("@beta", "http://127.0.0.1:1/v1").replace("port: 0,", "host: 0.0.0.0,");
    var config = Files.writeString(data.resolve("open.yaml"), open);

    assertThat(commands.serve(new ServeOptions(config, data, null, null, true))).isEqualTo(3);
    assertThat(notes.toString()).contains("not started; without keys nobody may call on 0.0.0.0");
  }

  private static SimOptions scripted(Path script) {
    return new SimOptions("sim", "127.0.0.1", 0, 1, Duration.ZERO, Duration.ZERO, 1, script);
  }

  @Test
  void limitsAndTheLiveViewAskTheServerAndNoStore() {
    var folder = data.toString();
    try (var _ = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var limits = shell.run("limits", "--all", "--json", "--data", folder);
      var top = shell.run("top", "--data", folder);
      var resolve = shell.run("limits", "resolve", "call_x", "1", "--cost", "0", "--data", folder);

      assertThat(limits.exitCode()).isZero();
      assertThat(limits.out()).contains("\"scope\": \"all\"", "\"window\": \"month\"");
      assertThat(top.exitCode()).isZero();
      assertThat(top.out()).contains("calls/s", "ready");
      assertThat(resolve.exitCode()).isEqualTo(1);
    }

    assertThat(shell.run("limits", "--data", folder).exitCode()).isEqualTo(4);
    assertThat(shell.run("limits", "in-doubt", "--data", folder).exitCode()).isZero();
  }

  @Test
  void thePortForCallsIsNotMistakenForTheAdminPort() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var port = lab.url().replace("/v1", "");

      var why = shell.run("why", "call_unknown", "--admin", port);

      assertThat(why.exitCode()).isEqualTo(4);
      assertThat(why.err()).contains("is it the admin port");
    }
  }

  @Test
  void theTokenComesFromTheEnvironment() {
    var policy = Lab.POLICY.replace("admin: { port: 0 }", "admin: { port: 0, token: open-sesame }");
    try (var lab = new Lab(data, List.of("alpha", "beta"), policy)) {
      var admin = lab.wiring().adminUrl();
      assertThat(lab.ledger().watermark()).isNotNull();

      var refused = shell.run("audit", "--admin", admin);
      var admitted =
          shell.with("FAREGATE_ADMIN_TOKEN", "open-sesame").run("audit", "--admin", admin);

      assertThat(refused.exitCode()).isEqualTo(4);
      assertThat(refused.err()).contains("FAREGATE_ADMIN_TOKEN");
      assertThat(admitted.exitCode()).isZero();
    }
  }

  @Test
  void aServerThatDiedIsForgotten() {
    try (var _ = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      // It leaves a store.
    }
    var _ = new ServerFile(data, "http://127.0.0.1:1", Instant.EPOCH);

    var limits = shell.run("limits", "--data", data.toString());

    assertThat(shell.run("audit", "--data", data.toString()).exitCode()).isZero();
    assertThat(limits.exitCode()).isEqualTo(4);
    assertThat(limits.err()).contains("no server runs on " + data);
  }

  @Test
  void aServerThatTookThePortOfOneThatDiedIsNotTakenForIt() {
    var died = data.resolve("died");
    try (var _ = new Lab(died, List.of("alpha", "beta"), Lab.POLICY)) {
      // It leaves a store.
    }
    try (var other = new Lab(data.resolve("other"), List.of("alpha", "beta"), Lab.POLICY)) {
      assertThat(other.chat(HELLO).statusCode()).isEqualTo(200);
      var _ = new ServerFile(died, other.wiring().adminUrl(), Instant.EPOCH);

      var audit = shell.run("audit", "--json", "--data", died.toString());

      assertThat(audit.json()).containsEntry("calls", 0);
      assertThat(shell.run("limits", "--data", died.toString()).exitCode()).isEqualTo(4);
    }
  }

  @Test
  void aStrangerOnThePortOfAServerThatDiedGetsNoToken() throws Exception {
    try (var _ = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      // It leaves a store.
    }
    try (var stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var heard =
          CompletableFuture.supplyAsync(() -> {
            try (var caller = stranger.accept()) {
              caller.getOutputStream().write("SSH-2.0-stranger\r\n".getBytes(UTF_8));
              caller.shutdownOutput();
              return new String(caller.getInputStream().readAllBytes(), UTF_8);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      var _ = new ServerFile(data, "http://127.0.0.1:" + stranger.getLocalPort(), Instant.EPOCH);

      var audit =
          shell.with("FAREGATE_ADMIN_TOKEN", "open-sesame").run("audit", "--data", data.toString());

      assertThat(audit.exitCode()).isZero();
      assertThat(heard.get()).startsWith("GET /healthz ").doesNotContain("open-sesame");
    }
  }

  @Test
  void aDamagedJournalIsServedOnlyIfItsLossIsAcceptedAndThenItIsSaid() throws Exception {
    var segment = damagedSegment();
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var config = Files.writeString(data.resolve("faregate.yaml"), providers.in(Lab.POLICY));
      var whole = new ServeOptions(config, data, null, null, false);

      assertThatThrownBy(() -> commands.serve(whole))
          .isInstanceOf(CliException.class)
          .hasMessageContaining(segment.toString())
          .hasMessageContaining("start with --accept-journal-loss");
      try (var server = ServerProcess.start(config, data, List.of("--accept-journal-loss"))) {
        assertThat(server.end().lines())
            .filteredOn(line -> line.contains("the journal was repaired"))
            .singleElement()
            .asString()
            .contains("\"lost\":\"journal damaged: " + segment);
      }
      try (var server = ServerProcess.start(config, data)) {
        assertThat(server.end().lines()).noneMatch(line -> line.contains("repaired"));
      }
    }
  }

  /// The first of two segments of a journal, with a flipped bit in it.
  private Path damagedSegment() throws IOException {
    var usual = FileJournal.Settings.of(data.resolve("journal"));
    var small =
        new FileJournal.Settings(
            usual.directory(),
            4096,
            usual.maxBytes(),
            usual.force(),
            usual.archiveKeep(),
            usual.acceptLoss());
    try (var journal = FileJournal.open(small, InstantSource.system())) {
      for (int i = 0; journal.end().segment() == 1; i++) {
        journal.append(new PremiumEntry("call_%08d".formatted(i), null, 1, 0, 0));
      }
    }
    var segment = usual.directory().resolve("%019d.segment".formatted(1));
    var bytes = Files.readAllBytes(segment);
    bytes[1000] ^= 1;
    return Files.write(segment, bytes);
  }

  @Test
  void numbersAreTheSameInEveryLanguageOfTheMachine() throws IOException {
    var answers = new ArrayList<String>();
    for (var language : List.of("en", "de", "ar-EG")) {
      var parts = language.split("-", 2);
      answers.add(
          ServerProcess.output(
              List.of("-Duser.language=" + parts[0], "-Duser.country=" + parts[parts.length - 1]),
              List.of("calc", "--model", "openai/gpt-5.4", "--input", "250000")));
    }

    assertThat(answers.getFirst()).contains("250,000 tokens in");
    assertThat(answers).containsOnly(answers.getFirst());
  }

  @Test
  void metricsHaveTheNamesOfTheContract() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      assertThat(lab.chat(HELLO).statusCode()).isEqualTo(200);
      assertThat(lab.ledger().watermark()).isNotNull();

      var url = URI.create(lab.wiring().adminUrl() + "/metrics");
      var answer = Lab.send(HttpRequest.newBuilder(url).build());

      assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
      assertThat(answer.body().lines().filter(line -> line.startsWith("# TYPE ")))
          .extracting(line -> line.split(" ", 4)[2])
          .contains(
              "faregate_calls_total",
              "faregate_attempts_total",
              "faregate_call_duration_seconds",
              "faregate_overhead_seconds",
              "faregate_tokens_total",
              "faregate_cost_usd_total",
              "faregate_usage_source_total",
              "faregate_journal_bytes",
              "faregate_journal_waiting",
              "faregate_journal_lost",
              "faregate_store_lag_seconds",
              "faregate_streams_open",
              "faregate_config_last_reload_successful");
    }
  }

  private String[] audit(String since) {
    return new String[] {"audit", "--data", data.toString(), "--since", since, "--json"};
  }
}
