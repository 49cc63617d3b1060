package io.faregate.cli.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.ConsolePage;
import io.faregate.cli.Shell;
import io.faregate.cli.terminal.Json;
import io.faregate.config.ConfigWatch;
import io.faregate.config.Environment;
import io.faregate.config.Reading;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.prices.Lists;
import io.faregate.config.prices.PriceView;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/prices.md` shows what the commands in its blocks of `console` print, one after the other,
/// in a folder with a configuration and the excerpts of published lists.
class PricesPageTest {
  private static final Path PAGE = Path.of("docs/prices.md");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  private static final String POLICY =
      """
      providers:
        openai: { api: openai, key: "a-key-of-the-test" }
      tiers:
        low: { models: [openai/gpt-5.6-sol] }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void putListsThere() throws IOException {
    Files.writeString(folder.resolve("faregate.yaml"), POLICY);
    try (Stream<Path> lists = Files.list(Lists.FOLDER)) {
      for (var list : lists.toList()) {
        Files.copy(list, folder.resolve(list.getFileName()));
      }
    }
  }

  @Test
  void showsWhatTheCommandsPrint() throws IOException {
    ConsolePage.check(PAGE, this::printed);
  }

  @Test
  void writesNothingWithNobodyToAsk() {
    var answer = run("prices", "import", "litellm.json", "models.dev.json");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err()).contains("nothing was written, for there is nobody to ask");
    assertThat(folder.resolve("prices.yaml")).doesNotExist();
  }

  @Test
  void takesARowOfOneListOnlyWhenTold() {
    assertThat(run("prices", "import", "openrouter.json", "--yes").err())
        .contains("nothing to write");
    assertThat(folder.resolve("prices.yaml")).doesNotExist();

    assertThat(run("prices", "import", "openrouter.json", "--yes", "--trust-one").exitCode())
        .isZero();
    assertThat(run("prices", "show", "openrouter/openai/gpt-5.5").out())
        .contains("openrouter, 2026");
  }

  @Test
  void aListThatAgreesConfirmsThePrices() throws IOException {
    writeAgreeing(1.0);

    assertThat(run("prices", "check", "agree.json").exitCode()).isEqualTo(1);
    var imported = run("prices", "import", "agree.json", "--yes");

    assertThat(imported.exitCode()).isZero();
    assertThat(imported.err()).contains("count as checked on 2026-11-24", "wrote 0 rows");
    assertThat(run("prices", "check", "agree.json").exitCode()).isZero();
    assertThat(run("prices", "import", "agree.json", "--yes").err()).contains("nothing to write");
  }

  @Test
  void listsOfAFewModelsDoNotConfirmAll() throws IOException {
    writeAgreeing(0.8);
    assertThat(run("prices", "import", "agree.json", "--yes").err())
        .contains("still count as checked on 2026-08-21", "nothing to write");

    assertThat(run("prices", "import", "litellm.json", "models.dev.json", "--yes").err())
        .contains("still count as checked on 2026-08-21", "wrote 3 rows");
    assertThat(run("prices", "check").out()).contains("checked on 2026-08-21");
  }

  /// A list in the format of models.dev that says of so many models what is known.
  private void writeAgreeing(double share) throws IOException {
    var known = Catalogue.builtIn();
    var models = PriceView.of("known", known.prices(), TODAY).priced();
    var list = new TreeMap<String, TreeMap<String, Object>>();
    for (var model : models.stream().limit((long) (models.size() * share)).toList()) {
      var row = known.prices().price(model.toString(), ServiceTier.STANDARD, TODAY).orElseThrow();
      var cost = cost(row.rates());
      cost.put("tiers", row.above().entrySet().stream().map(PricesPageTest::tier).toList());
      list.computeIfAbsent(model.provider(), _ -> new TreeMap<>())
          .put(model.name(), Map.of("cost", cost));
    }
    Files.writeString(folder.resolve("agree.json"), Json.write(list));
  }

  private static Map<String, Object> tier(Map.Entry<Long, Rates> above) {
    var tier = cost(above.getValue());
    tier.put("tier", Map.of("size", above.getKey()));
    return tier;
  }

  private static Map<String, Object> cost(Rates rates) {
    var cost = new TreeMap<String, Object>();
    put(cost, "input", rates.input());
    put(cost, "output", rates.output());
    put(cost, "cache_read", rates.cacheRead());
    put(cost, "cache_write", rates.cacheWrite5m());
    put(cost, "reasoning", rates.reasoning());
    return cost;
  }

  private static void put(Map<String, Object> cost, String name, @Nullable Rate rate) {
    if (rate != null) {
      cost.put(name, new BigDecimal(rate.usdPerMillion()));
    }
  }

  @Test
  void twoDaysDifferWhereOnlyOneHasAPrice() throws IOException {
    Files.writeString(
        folder.resolve("prices.yaml"),
        """
        checked: 2026-11-24
        models:
          acme/a:
            prices:
              - { from: 2026-01-01, until: 2026-11-28, price: { input: 5, cache_write_5m: 6.25 } }
              - { from: 2026-01-01, until: 2026-11-28, batch: { input: 2 } }
              - { from: 2026-11-28, price: { input: 5, output: 30 } }
        """);

    var answer = run("prices", "diff", "2026-11-27", "2026-11-28");

    assertThat(answer.err()).contains("of these 1 differ");
    assertThat(answer.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsSubsequence(
            "acme/a standard cache_write_5m 6.25 -",
            "acme/a standard output - 30",
            "acme/a batch input 2 -",
            "acme/a batch long context from none -");
  }

  @Test
  void callsAPriceAnnouncedThatIsToHoldFromALaterDay() throws IOException {
    var answer =
        run(
            "prices",
            "import",
            "litellm.json",
            "models.dev.json",
            "--yes",
            "--effective",
            "2026-12-10");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Files.readString(folder.resolve("prices.yaml")))
        .contains("- from: 2026-12-10\n        announced: 2026-11-24\n")
        .doesNotContain("- from: 2026-12-10\n        source:");
  }

  @Test
  void refusesAPastDayAListTwiceAndAFileThatIsNone() throws IOException {
    assertThat(run("prices", "import", "litellm.json", "--effective", "2026-11-24").err())
        .contains("past days keep their prices");
    assertThat(run("prices", "check", "litellm.json", "litellm.json").err())
        .contains("a list does not confirm itself");
    assertThat(run("prices", "check", "missing.json").exitCode()).isEqualTo(4);
    Files.writeString(folder.resolve("bad.json"), "{\"a\": ");
    var bad = run("prices", "check", "bad.json");
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err()).contains("bad.json:1:").contains("not JSON").doesNotContain("\tat ");
  }

  @Test
  void isInEffectForARunningServerWithinTwoLooks() {
    var readings = new ArrayList<Reading>();
    var config = folder.resolve("faregate.yaml");
    try (var watch = new ConfigWatch(config, Environment.of(config), readings::add)) {
      assertThat(input(watch.first())).isEqualTo("5");

      assertThat(run("prices", "import", "litellm.json", "models.dev.json", "--yes").exitCode())
          .isZero();
      watch.poll();
      watch.poll();
    }

    assertThat(readings).hasSize(1);
    assertThat(input(readings.getFirst())).isEqualTo("2");
  }

  private static String input(Reading reading) {
    var prices = Objects.requireNonNull(reading.configuration()).policy().prices();
    var row = prices.price("openai/gpt-5.6-sol", ServiceTier.STANDARD, TODAY).orElseThrow();
    return Objects.requireNonNull(row.rates().input()).usdPerMillion();
  }

  private String printed(String... words) {
    var answer = run(words);
    return (answer.out() + answer.err()).replace(folder + "/", "");
  }

  private Shell.Answer run(String... words) {
    var arguments = new ArrayList<String>();
    Arrays.stream(words)
        .map(word -> word.endsWith(".json") ? folder.resolve(word).toString() : word)
        .forEach(arguments::add);
    arguments.addAll(List.of("--config", folder.resolve("faregate.yaml").toString()));
    if (!words[1].equals("show") && !words[1].equals("list") && !arguments.contains("--seen")) {
      arguments.addAll(List.of("--seen", "2026-11-24"));
    }
    return new Shell()
        .with(_ -> Optional.empty(), InstantSource.fixed(NOW))
        .run(arguments.toArray(String[]::new));
  }
}
