package io.faregate.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.ModelId;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.money.Cost;
import io.faregate.money.Price;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final LocalDate DAY = LocalDate.of(2026, 8, 21);

  @Test
  void knowsAHundredModelsOfTenVendorsWithTheirPrices() {
    var catalogue = Catalogue.builtIn();

    assertThat(catalogue.models()).hasSizeGreaterThan(100);
    assertThat(catalogue.models().keySet().stream().map(ModelId::provider))
        .contains("openai", "anthropic", "google", "xai", "deepseek", "mistral", "alibaba")
        .contains("cohere", "moonshot", "zai", "minimax", "amazon", "groq");
    assertThat(catalogue.models().values()).filteredOn(model -> model.embedding()).hasSize(7);
    assertThat(catalogue.prices().all().keySet())
        .isEqualTo(
            catalogue.models().keySet().stream()
                .map(ModelId::toString)
                .collect(Collectors.toSet()));
    assertThat(catalogue.prices().date()).isEqualTo(DAY);
  }

  /// FORMULAS §1.4: input, cache read, 5-minute and 1-hour write, output; and the cost.
  @ParameterizedTest
  @CsvSource({
    "openai/gpt-5.6-terra,      272000, 0, 0, 0, 1000,                 556000000",
    "openai/gpt-5.6-terra,      272001, 0, 0, 0, 1000,                1106004000",
    "google/gemini-2.5-pro,     5005, 257955, 0, 0, 1744,              103161250",
    "anthropic/claude-opus-5,   109911, 0, 2528, 0, 34988,            1440055000",
    "anthropic/claude-sonnet-5, 0, 0, 0, 8000, 0,                       32000000",
    "openai/gpt-5-mini,         80992, 0, 0, 0, 274770,                569788000",
    "deepseek/deepseek-v4-pro,  0, 4, 0, 0, 0,                                15",
    "deepseek/deepseek-v4-pro,  0, 2, 0, 0, 0,                                 7",
    "alibaba/qwen3.6-flash,     3, 0, 5, 0, 7,                              9609",
    "openai/gpt-5.6-terra,      18059974, 0, 0, 0, 0,               72239896000",
    "openai/gpt-5.6-luna,       600, 0, 0, 0, 20,                         144000",
    "openai/gpt-5.6-sol,        9000, 0, 0, 0, 1200,                    81000000",
  })
  void pricesTheGoldenCases(
      String model, long input, long read, long write5m, long write1h, long output, long nanoUsd) {
    var usage = new Usage(input, read, write5m, write1h, output, 0);

    assertThat(price(model, DAY).cost(usage)).isEqualTo(new Cost.Priced(nanoUsd));
  }

  @Test
  void keepsThePriceOfAPastDay() {
    assertThat(price("openai/gpt-5.6-terra", LocalDate.of(2026, 7, 29)).cost(Usage.of(1000, 0)))
        .isEqualTo(new Cost.Priced(2_500_000));
    assertThat(price("openai/gpt-5.6-terra", LocalDate.of(2026, 7, 30)).cost(Usage.of(1000, 0)))
        .isEqualTo(new Cost.Priced(2_000_000));
  }

  @Test
  void findsAVendorByNameOrHost() {
    var catalogue = Catalogue.builtIn();

    assertThat(catalogue.vendor("openai", "http://localhost:9999/v1")).contains("openai");
    assertThat(catalogue.vendor("openai-eu", "https://api.openai.com/v1")).contains("openai");
    assertThat(catalogue.vendor("ollama", "http://localhost:11434/v1")).isEmpty();
  }

  @Test
  void repairsBinaryNoiseAndRefusesWhatIsFiner() {
    assertThat(PriceRows.nano("0.049999999999999996")).contains(50_000_000L);
    assertThat(PriceRows.nano("0.0036255555")).isEmpty();
    assertThat(PriceRows.nano("0")).contains(0L);
    assertThat(PriceRows.nano("-1")).isEmpty();
    assertThat(PriceRows.nano("1e3")).isEmpty();
  }

  @Test
  void refusesTwoPricesOfOneDay() {
    var problems = new Problems("prices.yaml");

    var catalogue =
        Catalogue.read(
            """
            checked: 2026-08-21
            models:
              acme/x:
                prices:
                  - { from: 2026-01-01, price: { input: 1 } }
                  - { from: 2026-02-01, price: { input: 2 } }
            """,
            problems);

    assertThat(catalogue).isEmpty();
    assertThat(problems.all())
        .map(Problem::toString)
        .containsExactly(
            "prices.yaml:4:5: two prices hold on 2026-02-01; close the first one: until:"
                + " 2026-02-01");
  }

  @Test
  void laysFactsAndRowsOverWhatIsKnownAndLosesNothingElse() {
    var over =
        Catalogue.read(
                """
                checked: 2026-11-01
                models:
                  openai/gpt-5.4-nano:
                    window: 300k
                    prices:
                      - { from: 2026-11-01, price: { input: 7, output: 9 } }
                  openai/text-embedding-3-small:
                    max_output: 5
                  acme/new: { kind: embedding, prices: [{ from: 2026-01-01, price: { input: 1 } }] }
                """,
                new Problems("prices.yaml"))
            .orElseThrow();

    var both = Catalogue.builtIn().with(over);

    var nano = Objects.requireNonNull(both.models().get(ModelId.parse("openai/gpt-5.4-nano")));
    assertThat(nano.windowTokens()).isEqualTo(300_000);
    assertThat(nano.maxOutputTokens()).isEqualTo(128_000);
    assertThat(both.prices().all().get("openai/gpt-5.4-nano"))
        .map(row -> "%s %s %s".formatted(row.serviceTier().word(), row.from(), row.until()))
        .containsExactly(
            "standard 2026-03-17 2026-11-01",
            "standard 2026-11-01 null",
            "batch 2026-03-17 null",
            "flex 2026-03-17 null");
    var small = ModelId.parse("openai/text-embedding-3-small");
    assertThat(both.models().get(small)).isNotNull().matches(model -> model.embedding());
    assertThat(both.prices().all().get(small.toString()))
        .isEqualTo(Catalogue.builtIn().prices().all().get(small.toString()));
    assertThat(both.models().get(ModelId.parse("acme/new"))).matches(model -> model.embedding());
    assertThat(both.prices().all().get("acme/new")).hasSize(1);
  }

  private static Price price(String model, LocalDate day) {
    return Catalogue.builtIn().prices().price(model, ServiceTier.STANDARD, day).orElseThrow();
  }
}
