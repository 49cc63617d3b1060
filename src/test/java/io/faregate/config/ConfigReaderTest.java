package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Caller;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.yaml.Problem;
import io.faregate.money.Rate;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.policy.Key;
import io.faregate.policy.OnExcess;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import io.faregate.policy.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String SHORT =
      """
      providers:
        openai: { api: openai, key: "${OPENAI_API_KEY}" }
      tiers:
        low: { models: [openai/gpt-5.4-nano] }
        balanced: { models: [openai/gpt-5.6-terra] }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void readsTheWholePolicyOfTheExample() {
    var policy = example("support.yaml").policy();

    assertThat(policy.tiers()).map(Tier::name).containsExactly("low", "balanced", "premium");
    assertThat(policy.served()).containsOnlyKeys("openai", "anthropic", "ollama");
    assertThat(policy.defaultTask()).isEqualTo("summarization");
    assertThat(policy.defaultPlan()).isEqualTo("standard");
    assertThat(policy.tasks()).hasSize(5);
    var rag = task(policy, "rag_answer");
    assertThat(rag.fallback()).containsExactly("premium");
    assertThat(rag.fallbackOn()).isEqualTo(Task.DEFAULT_FALLBACK_ON).contains(Reason.TIMEOUT);
    assertThat(rag.confidence())
        .isEqualTo(new Task.Confidence(List.of(Task.Signal.LOGPROB), 750_000L, null));
    assertThat(task(policy, "batch_enrichment").fallback()).isEmpty();
    assertThat(task(policy, "batch_enrichment").retries()).isEqualTo(2);
    assertThat(task(policy, "batch_enrichment").latency()).isEqualTo(Task.Latency.BATCH);
    var free = Objects.requireNonNull(policy.plans().get("free"));
    assertThat(free.inputTokens()).isEqualTo(4_000);
    assertThat(free.onExcess()).isEqualTo(OnExcess.TRIM_HISTORY);
    assertThat(policy.context().longer()).singleElement().matches(rule -> rule.over() == 150_000);
    assertThat(policy.context().segments()).containsEntry(Segment.DOCUMENTS, 60_000L);
  }

  @Test
  void readsTheLimitsOfTheExample() {
    var limits = example("support.yaml").policy().limits();

    assertThat(limits.deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(limits.attemptTimeout()).isEqualTo(Duration.ofSeconds(150));
    assertThat(limits.dailySpendNanoUsd()).containsEntry("low", 50_000_000_000L);
    assertThat(limits.budgets().monthlyNanoUsd()).isEqualTo(20_000_000_000_000L);
    assertThat(limits.premiumShare()).isEqualTo(200_000);
    assertThat(limits.premiumBurst()).isEqualTo(10);
  }

  @Test
  void laysAStepOverItsTask() {
    var policy = example("support.yaml").policy();
    var steps = Objects.requireNonNull(policy.workflows().get("support")).steps();

    var faq = Objects.requireNonNull(steps.get("faq"));
    assertThat(faq.name()).isEqualTo("summarization");
    assertThat(faq.tier()).isEqualTo("low");
    assertThat(faq.fallback()).containsExactly("balanced");
    assertThat(faq.because()).startsWith("quality matters");
    var unresolved = Objects.requireNonNull(steps.get("unresolved"));
    assertThat(unresolved.fallback()).isEmpty();
    assertThat(unresolved.confidence()).isNotNull();
    var check = Objects.requireNonNull(steps.get("policy_answer")).check();
    assertThat(check).isNotNull();
    assertThat(Objects.requireNonNull(check).prompt()).startsWith("You check answers");
  }

  @Test
  void readsKeysOfPeopleAndPrograms() {
    var keys = example("keys.yaml").policy().keys();

    assertThat(keys).map(Key::name).containsExactly("docs-backend", "analyst");
    assertThat(keys.getFirst().sha256()).hasSize(2);
    assertThat(keys.getFirst().caller())
        .isEqualTo(new Caller("docs-backend", "docs", null, true, null, false, List.of()));
    assertThat(keys.getLast().caller().pinsAllowed()).isTrue();
    assertThat(keys.getLast().expiresAt()).isEqualTo(Instant.parse("2027-12-31T00:00:00Z"));
  }

  @Test
  void makesOneTaskAndOnePlanOutOfNothing() {
    var policy = configuration(read(SHORT)).policy();

    assertThat(policy.defaultTask()).isEqualTo("default");
    assertThat(task(policy, "default")).isEqualTo(Task.of("default", "low", "balanced"));
    assertThat(Objects.requireNonNull(policy.plans().get("default")).tiers())
        .containsExactlyInAnyOrder("low", "balanced");
    assertThat(policy.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(policy.version()).matches("[0-9a-f]{12}");
    assertThat(configuration(read(SHORT + "timezone: UTC\n")).policy().version())
        .isNotEqualTo(policy.version());
  }

  @Test
  void givesAProviderThePricesOfItsVendor() {
    var reading =
        read(
            """
            providers:
              mine: { api: openai, url: "https://api.openai.com/v1", key: "${OPENAI_API_KEY}" }
              deepseek: { api: openai, key: "${OPENAI_API_KEY}" }
            models:
              mine/gpt-5.4-nano: { window: 1k, price: { input: 9, output: 0 } }
            tiers:
              low: { models: [mine/gpt-5.4-nano, mine/gpt-5.6-luna, deepseek/deepseek-v4-flash] }
            """);

    var policy = configuration(reading).policy();
    assertThat(reading.problems()).isEmpty();
    var day = LocalDate.of(2026, 8, 21);
    var nano = policy.price(ModelId.parse("mine/gpt-5.4-nano"), day).orElseThrow();
    assertThat(nano.rates().cost(Usage.of(1000, 50)).nanoUsdOrNull()).isEqualTo(9_000_000L);
    assertThat(policy.model(ModelId.parse("mine/gpt-5.4-nano")).windowTokens()).isEqualTo(1_000);
    assertThat(policy.model(ModelId.parse("mine/gpt-5.4-nano")).maxOutputTokens())
        .isEqualTo(128_000);
    assertThat(policy.price(ModelId.parse("mine/gpt-5.6-luna"), day)).isPresent();
    assertThat(configuration(reading).settings().providers())
        .map(provider -> provider.url().toString())
        .containsExactly("https://api.openai.com/v1", "https://api.deepseek.com/v1");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.9.9.9, true",
    "localhost, true",
    "::1, true",
    "0.0.0.0, false",
    "127.0.0.1.example.com, false"
  })
  void takesNoNameForThisMachineBecauseOfHowItBegins(String host, boolean loopback) {
    var server = configuration(read(SHORT + "server: { host: \"" + host + "\" }\n")).settings();

    assertThat(server.server().isLoopback()).isEqualTo(loopback);
  }

  @Test
  void opensOnLoopbackUnlessThereAreKeys() {
    assertThat(configuration(read(SHORT)).settings().server().host()).isEqualTo("127.0.0.1");
    assertThat(example("keys.yaml").settings().server().host()).isEqualTo("0.0.0.0");
    assertThat(configuration(read(SHORT)).settings().journal()).isEqualTo(Settings.Journal.DEFAULT);
    var each = configuration(read(SHORT + "journal: { force: each }\n")).settings().journal();
    assertThat(each.forcesEach()).isTrue();
  }

  @Test
  void laysTheEnvironmentOverServerAndStore() {
    var settings =
        configuration(
                read(
                    SHORT + "server: { port: 1000, admin: { port: 1001 } }\n",
                    Map.of(
                        "FAREGATE_SERVER__PORT", "2000",
                        "FAREGATE_SERVER__ADMIN__TOKEN", "secret of the operator",
                        "FAREGATE_STORE__KEEP", "30d",
                        "FAREGATE_ADMIN_TOKEN", "not ours")))
            .settings();

    assertThat(settings.server().port()).isEqualTo(2000);
    assertThat(settings.server().admin().port()).isEqualTo(1001);
    assertThat(Objects.requireNonNull(settings.server().admin().token()).reveal())
        .isEqualTo("secret of the operator");
    assertThat(settings.store().keep()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void namesTheVariableThatIsWrong() {
    var reading =
        read(
            SHORT,
            Map.of(
                "FAREGATE_SERVER__PORT", "many",
                "FAREGATE_SERVER__PROT", "1",
                "FAREGATE_LIMITS__DEADLINE", "5m"));

    assertThat(reading.problems())
        .map(Problem::toString)
        .containsExactly(
            "FAREGATE_LIMITS__DEADLINE: the environment can set keys of server, store, telemetry"
                + " only; put limits.deadline into the file, or unset the variable",
            "FAREGATE_SERVER__PORT: server.port is \"many\", which is not a whole number from 0 to"
                + " 65535; write a number in that range",
            "FAREGATE_SERVER__PROT: unknown key \"prot\" in server; nearest: \"port\"");
  }

  @Test
  void refusesASectionThatIsNoneAlsoWhereAVariableNamesAKeyOfIt() {
    var reading = read(SHORT + "server: 5\n", Map.of("FAREGATE_SERVER__PORT", "2000"));

    assertThat(reading.problems())
        .map(Problem::toString)
        .containsExactly(
            "faregate.yaml:6:9: server must hold keys and values, not a single value; write it as"
                + " key: value");
    assertThat(
            configuration(read(SHORT + "server:\n", Map.of("FAREGATE_SERVER__PORT", "2000")))
                .settings()
                .server()
                .port())
        .isEqualTo(2000);
  }

  /// Slips with a key that is meant to be a reference, or to be text.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"${sk-proj-c4nary-of-openai}\"",
        "\"${AIzaC4naryOfGoogle_0123456789012345678}\"",
        "\"${c4nary}\"",
        "\"${C4NARYC4NARYC4NARYC4NARYC4NARYC4NARYC4NARY}\"",
        "!c4nary",
        "!c4nary!behind",
        "!<c4nary> x",
        "*c4nary",
      })
  void showsNothingOfAKeyThatIsWrittenAsAReference(String slip) {
    var problems = read(SHORT.replace("\"${OPENAI_API_KEY}\"", slip)).problems();

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("faregate.yaml:2:")
        .doesNotContainIgnoringCase("c4nary");
  }

  @Test
  void followsSecretsIntoFilesUnderTheFolderOnly() throws IOException {
    Files.writeString(folder.resolve("key"), "the-key\n");
    var outside = Files.writeString(folder.resolveSibling("outside-" + folder.getFileName()), "x");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    var inside = SHORT.replace("${OPENAI_API_KEY}", "file:key");

    var key = configuration(read(inside)).settings().providers().getFirst().keys().getFirst();
    assertThat(key.reveal()).isEqualTo("the-key");
    assertThat(key.file()).contains(folder.resolve("key"));
    assertThat(key).hasToString("***");
    assertThat(read(inside).files())
        .containsExactlyInAnyOrder(folder.resolve("key"), folder.resolve("prices.yaml"));
    assertThat(read(inside.replace("file:key", "file:link")).problems())
        .singleElement()
        .asString()
        .contains("is a link that leads out of the folder");
    Files.delete(outside);
  }

  @Test
  void takesPricesFromAFileOfOnesOwn() throws IOException {
    Files.writeString(
        folder.resolve("prices.yaml"),
        """
        checked: 2026-11-01
        models:
          openai/gpt-5.4-nano: { prices: [{ from: 2026-11-01, price: { input: 7 } }] }
        """);

    var policy = configuration(read(SHORT + "prices: \"file:prices.yaml\"\n")).policy();
    var nano = ModelId.parse("openai/gpt-5.4-nano");
    assertThat(policy.price(nano, LocalDate.of(2026, 11, 2))).isPresent();
    assertThat(policy.price(nano, LocalDate.of(2026, 10, 2)))
        .map(row -> row.rates().input() + " until " + row.until())
        .contains(Rate.perMillion("0.2") + " until 2026-11-01");

    Files.writeString(folder.resolve("prices.yaml"), "checked: soon\n");
    assertThat(read(SHORT + "prices: \"file:prices.yaml\"\n").problems())
        .singleElement()
        .asString()
        .startsWith("prices.yaml:1:10: checked is \"soon\", which is not a day");
  }

  @Test
  void aPriceOfOneServiceTierLeavesThoseOfTheOthersAlone() {
    var day = LocalDate.of(2026, 11, 2);

    var prices =
        configuration(
                read(
                    SHORT
                        + "models: { openai/gpt-5.4-nano: { batch: { input: 0.07, output: 1 } }"
                        + " }\n"))
            .policy()
            .prices();

    assertThat(prices.price("openai/gpt-5.4-nano", ServiceTier.STANDARD, day))
        .map(row -> row.rates().input())
        .contains(Rate.perMillion("0.2"));
    assertThat(prices.price("openai/gpt-5.4-nano", ServiceTier.BATCH, day))
        .map(row -> row.rates().input())
        .contains(Rate.perMillion("0.07"));
    assertThat(prices.price("openai/gpt-5.4-nano", ServiceTier.FLEX, day)).isPresent();
  }

  @Test
  void saysWhyAFileCannotBeOpened() throws IOException {
    var missing = folder.resolve("faregate.yaml");

    assertThat(ConfigReader.read(missing, environment(Map.of())).problems())
        .map(Problem::toString)
        .containsExactly(
            missing + ": there is no such file; `faregate init` writes one to start from");
    Files.write(missing, new byte[] {'a', ':', (byte) 0xff});
    assertThat(ConfigReader.read(missing, environment(Map.of())).problems())
        .singleElement()
        .asString()
        .contains("not UTF-8");
  }

  @Test
  void aFileOfAuthoritiesIsReadAndWatchedAndNotNeededForAPlan() throws IOException {
    var text = SHORT.replace("api: openai,", "api: openai, ca: ca.pem,");

    assertThat(read(text).problems())
        .extracting(Problem::toString)
        .contains(
            "faregate.yaml:2:30: providers.openai.ca: cannot read the file \"ca.pem\";"
                + " check the path");
    assertThat(read(text).files()).contains(folder.resolve("ca.pem"));
    var planning = environment(Map.of()).forPlanning();
    assertThat(ConfigReader.read("faregate.yaml", text, planning).configuration()).isNotNull();

    var _ = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nx\n");

    assertThat(read(text).problems())
        .extracting(Problem::message)
        .contains("providers.openai.ca: the file holds no certificate, or one that cannot be read");
  }

  private Reading read(String text) {
    return read(text, Map.of());
  }

  private Reading read(String text, Map<String, String> more) {
    return ConfigReader.read("faregate.yaml", text, environment(more));
  }

  private Environment environment(Map<String, String> more) {
    var variables = new HashMap<>(ExamplesTest.KEYS);
    variables.putAll(more);
    return new Environment(variables, folder, Catalogue.builtIn());
  }

  private static Configuration example(String name) {
    return configuration(ExamplesTest.read(Path.of("examples", name)));
  }

  private static Configuration configuration(Reading reading) {
    assertThat(reading.configuration()).as(reading.problems().toString()).isNotNull();
    return Objects.requireNonNull(reading.configuration());
  }

  private static Task task(Policy policy, String name) {
    return Objects.requireNonNull(policy.tasks().get(name));
  }
}
