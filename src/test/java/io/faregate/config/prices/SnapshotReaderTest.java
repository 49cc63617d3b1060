package io.faregate.config.prices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.ModelId;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problems;
import io.faregate.money.Price;
import io.faregate.money.RatesText;
import io.faregate.money.ServiceTier;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotReaderTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

  @ParameterizedTest
  @CsvSource({
    "litellm.json,      LITELLM,      4, 1",
    "models.dev.json,   MODELS_DEV,   7, 1",
    "genai-prices.json, GENAI_PRICES, 4, 0",
    "openrouter.json,   OPENROUTER,   2, 0",
  })
  void tellsEachListByItsShape(String file, ListFormat format, int models, int skipped) {
    var list = Lists.read(file);

    assertThat(list.format()).isEqualTo(format);
    assertThat(list.models()).hasSize(models);
    assertThat(list.skipped()).isEqualTo(skipped);
  }

  @Test
  void readsTheSuffixesOfLiteLlm() {
    var sonnet = row("litellm.json", "anthropic/claude-sonnet-4-5", ServiceTier.STANDARD);
    assertThat(rates(sonnet, 200_000))
        .isEqualTo("input=3 cache_read=0.3 cache_write_5m=3.75 cache_write_1h=6 output=15");
    assertThat(rates(sonnet, 200_001))
        .isEqualTo("input=6 cache_read=0.6 cache_write_5m=7.5 cache_write_1h=12 output=22.5");

    var priority = row("litellm.json", "openai/gpt-5.5", ServiceTier.PRIORITY);
    assertThat(rates(priority, 1)).isEqualTo("input=10 output=60");
    assertThat(rates(priority, 300_000)).isEqualTo("input=20 output=90");

    var mini = row("litellm.json", "xai/grok-4.5-mini", ServiceTier.STANDARD);
    assertThat(mini.rates().reasoning()).isNull();
  }

  @Test
  void leavesUnpricedWhatAServiceTierDoesNotSayBeyondTheCliff() {
    for (var tier : List.of(ServiceTier.BATCH, ServiceTier.FLEX)) {
      var row = row("litellm.json", "openai/gpt-5.5", tier);

      assertThat(rates(row, 272_000)).isEqualTo("input=2.5 output=15");
      assertThat(rates(row, 272_001)).isEmpty();
    }
  }

  @Test
  void readsTheContextTiersOfModelsDev() {
    var sol = row("models.dev.json", "openai/gpt-5.6-sol", ServiceTier.STANDARD);
    assertThat(rates(sol, 272_001)).isEqualTo("input=4 output=15");

    var pro = row("models.dev.json", "google/gemini-2.5-pro", ServiceTier.STANDARD);
    assertThat(rates(pro, 200_001)).isEqualTo("input=2.5 cache_read=0.25 output=15");

    var fast = row("models.dev.json", "openai/gpt-5.5", ServiceTier.PRIORITY);
    assertThat(rates(fast, 1)).isEqualTo("input=12.5 cache_read=1.25 output=75");
  }

  @Test
  void takesTheTiersOfModelsDevForItsOlderFieldWhereBothAreStated() {
    var sol = row("models.dev.json", "openai/gpt-5.6-sol", ServiceTier.STANDARD);

    assertThat(sol.above()).containsOnlyKeys(272_000L);
  }

  @Test
  void readsTheDatesOfGenaiPricesAndLabelsWhatIsAnnounced() {
    var terra = Lists.read("genai-prices.json").exact(ModelId.parse("openai/gpt-5.6-terra"));
    assertThat(terra.orElseThrow().rows())
        .map(Price::from)
        .containsExactly(LocalDate.EPOCH, LocalDate.of(2026, 7, 30));

    var flash = Lists.read("genai-prices.json").exact(ModelId.parse("google/gemini-3.6-flash"));
    assertThat(flash.orElseThrow().rows()).map(Price::announced).containsExactly(null, Lists.SEEN);
  }

  @Test
  void saysWhatItRepairedOrLeftOut() {
    assertThat(Lists.read("models.dev.json").remarks())
        .map(remark -> "%s %s: %s".formatted(remark.kind(), remark.model(), remark.text()))
        .containsExactly(
            "NO_PRICE openai/gpt-3.5-turbo: cache_read is 0 beside other prices, taken as unpriced",
            "REFUSED openai/gpt-odd: input is 0.0362555555555, which is no price to the"
                + " nano-dollar",
            "REPAIRED amazon/google.gemma-3-12b-it: input 0.049999999999999996 is taken as 0.05"
                + " per million",
            "REPAIRED amazon/google.gemma-3-12b-it: output 0.09999999999999999 is taken as 0.1"
                + " per million");
    assertThat(Lists.read("genai-prices.json").remarks())
        .map(Remark::text)
        .containsExactly("its price depends on the time of day, which our rows cannot say");
    assertThat(Lists.read("openrouter.json").remarks())
        .map(Remark::text)
        .containsExactly("prompt is -1, which is no price to the nano-dollar");
  }

  @Test
  void takesAZeroOfAFreeModelForAPrice() {
    assertThat(rates(row("models.dev.json", "zai/glm-4.5-flash", ServiceTier.STANDARD), 1))
        .isEqualTo("input=0 cache_read=0 cache_write_5m=0 output=0");
    assertThat(
            rates(
                row("openrouter.json", "openrouter/z-ai/glm-4.5-air:free", ServiceTier.STANDARD),
                1))
        .isEqualTo("input=0 output=0");
  }

  @Test
  void knowsOtherNamesExactlyAndByPattern() {
    var list = Lists.read("genai-prices.json");
    var view = list.view(DAY);

    assertThat(list.exact(ModelId.parse("openai/gpt-5.5-2026-04-23"))).isPresent();
    var dated = ModelId.parse("openai/gpt-3.5-turbo-0125");
    assertThat(list.exact(dated)).isEmpty();
    assertThat(view.price(dated, ServiceTier.STANDARD)).isPresent();
    assertThat(view.names(dated)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": [1, }                      | x.json:1:11: not JSON",
        "''                                 | x.json: this is none of the lists",
        "[]                                 | x.json: this is none of the lists",
        "{\"data\": 7}                      | x.json: this is none of the lists",
        "{\"data\": [{\"pricing\": {}}]}    | x.json: no price was found in it as a list of openr",
        "null                               | x.json: this is none of the lists",
      })
  void saysWhatIsWrongWithAFile(String text, String message) {
    var problems = new Problems("x.json");

    assertThat(SnapshotReader.read(bytes(text), null, DAY, problems)).isEmpty();
    assertThat(problems.all()).map(Problem::toString).first().asString().startsWith(message);
  }

  @Test
  void boundsDepthAndNumbers() {
    var deep = "[".repeat(100_000);
    var problems = new Problems("x.json");
    assertThat(SnapshotReader.read(bytes(deep), null, DAY, problems)).isEmpty();
    assertThat(problems.all()).map(Problem::message).first().asString().contains("deeper");

    var huge =
        """
        {"m": {"litellm_provider": "a", "input_cost_per_token": 1e999999999},
         "n": {"litellm_provider": "a", "input_cost_per_token": 1e-6}}\
        """;
    var list = SnapshotReader.read(bytes(huge), null, DAY, new Problems("x.json")).orElseThrow();
    assertThat(list.models()).containsOnlyKeys(ModelId.parse("a/n"));
    assertThat(list.remarks()).map(Remark::model).containsExactly("a/m");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Price row(String file, String model, ServiceTier tier) {
    return Lists.read(file).view(DAY).price(ModelId.parse(model), tier).orElseThrow();
  }

  private static String rates(Price row, long input) {
    return RatesText.write(row.rates(input));
  }
}
