package io.faregate.config.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.ModelId;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.catalogue.CatalogueText;
import io.faregate.config.prices.PlannedRow.Kind;
import io.faregate.config.prices.PriceImport.Days;
import io.faregate.config.yaml.Problems;
import io.faregate.money.Price;
import io.faregate.money.PriceList;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriceImportTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  /// Before and after the change of 2026-07-30, and the day before the import.
  private static final List<LocalDate> PAST =
      List.of(LocalDate.of(2026, 7, 29), LocalDate.of(2026, 8, 21), TODAY.minusDays(1));

  private static final Catalogue BUILT_IN = Catalogue.builtIn();

  @Test
  void writesUnseenOnlyWhatTwoListsAgreeOn() {
    var plan = plan("litellm.json", "models.dev.json");

    assertThat(agreed(plan))
        .map(row -> "%s %s: %s".formatted(row.kind(), row.model(), row.change()))
        .containsExactly(
            "CHANGED openai/gpt-5.5: long context from none → 272k, input over 272k unpriced → 10,"
                + " cache_read over 272k unpriced → 1, output over 272k unpriced → 45",
            "CHANGED openai/gpt-5.6-sol: input 5 → 2, cache_read 0.5 → 0.2, cache_write_5m 6.25 →"
                + " 2.5, output 30 → 10, input over 272k 10 → 4, cache_read over 272k 1 →"
                + " unpriced, cache_write_5m over 272k 12.5 → unpriced, output over 272k 45 → 15",
            "NEW xai/grok-4.5-mini: input 0.3, output 0.5");
    assertThat(plan.rows()).filteredOn(row -> !row.isAgreed()).isNotEmpty();
  }

  @Test
  void followsNoneOfTwoListsThatDisagree() {
    var plan = plan("genai-prices.json", "models.dev.json");

    assertThat(plan.disputed())
        .map(ModelId::toString)
        .containsExactly("openai/gpt-3.5-turbo", "openai/gpt-5.5");
    assertThat(plan.rows())
        .filteredOn(row -> row.tier() == ServiceTier.STANDARD)
        .map(PlannedRow::model)
        .doesNotContain(ModelId.parse("openai/gpt-3.5-turbo"), ModelId.parse("openai/gpt-5.5"));
  }

  @Test
  void closesTheOldRowAndOpensANewOne() {
    var plan = plan("litellm.json", "models.dev.json");

    var over = plan.over(Catalogue.EMPTY, agreed(plan), TODAY);

    assertThat(over.prices().all().get("openai/gpt-5.6-sol"))
        .map(row -> "%s %s %s".formatted(row.from(), row.until(), row.source()))
        .containsExactly(
            "2026-07-09 2026-11-25 genai-prices, 2026-08-21",
            "2026-11-25 null litellm, 2026-11-24; models.dev, 2026-11-24");
    assertThat(over.models().get(ModelId.parse("openai/gpt-5.6-sol")))
        .isEqualTo(BUILT_IN.models().get(ModelId.parse("openai/gpt-5.6-sol")));
  }

  @Test
  void keepsWhatIsKnownFromANewerList() {
    var old = Lists.read("litellm.json", LocalDate.of(2026, 7, 24));

    var plan = PriceImport.plan(BUILT_IN, List.of(old), on(TODAY), _ -> true);

    assertThat(plan.rows())
        .filteredOn(row -> row.model().name().equals("gpt-5.6-sol"))
        .map(PlannedRow::kind)
        .containsExactly(Kind.OLDER);
  }

  @Test
  void changesAnAnnouncementAndForgetsThatItWasOneOnceItIsSeen() {
    var flash = ModelId.parse("google/gemini-3.6-flash");
    var plan = plan("genai-prices.json");
    assertThat(plan.rows())
        .filteredOn(row -> row.model().equals(flash))
        .map(row -> row.kind() + " " + row.after().from() + " " + row.after().announced())
        .containsExactly("ANNOUNCED 2027-01-01 2026-11-24");

    var over = BUILT_IN.with(plan.over(Catalogue.EMPTY, plan.rows(), TODAY));
    var later = LocalDate.of(2027, 1, 3);
    var seen = Lists.read("genai-prices.json", later);
    var next = PriceImport.plan(over, List.of(seen), on(later), flash::equals);

    assertThat(next.rows()).map(PlannedRow::kind).containsExactly(Kind.SEEN);
    var rows = next.over(over, next.rows(), later).prices();
    assertThat(rows.price(flash.toString(), ServiceTier.STANDARD, later))
        .map(Price::announced)
        .isEmpty();
    assertThat(rows.price(flash.toString(), ServiceTier.STANDARD, later))
        .map(row -> row.rates().input())
        .contains(Rate.perMillion("1.25"));
  }

  @Test
  void leavesThreePastDaysOfEveryRowAloneWhateverRealListsSay() {
    var all =
        List.of(
            Lists.read("litellm.json"),
            Lists.read("models.dev.json"),
            Lists.read("genai-prices.json"),
            Lists.read("openrouter.json"));
    for (var list : all) {
      var plan = PriceImport.plan(BUILT_IN, List.of(list), on(TODAY), _ -> true);

      var over = written(plan.over(Catalogue.EMPTY, plan.rows(), TODAY));

      assertThat(plan.rows()).isNotEmpty();
      assertPastStands(BUILT_IN, BUILT_IN.with(over), PAST);
    }
  }

  @Test
  void leavesThreePastDaysOfEveryRowAloneWhateverListsSay() {
    Seeds.each(
        60,
        random -> {
          var over = Catalogue.EMPTY;
          var day = TODAY;
          for (int i = 0; i < 4; i++) {
            var before = BUILT_IN.with(over);
            var lists =
                List.of(
                    list(random, ListFormat.LITELLM, day),
                    list(random, ListFormat.MODELS_DEV, day));
            var plan = PriceImport.plan(before, lists, on(day), _ -> true);

            over = written(plan.over(over, plan.rows(), day));

            var past = new ArrayList<>(PAST);
            past.add(day.minusDays(1 + random.nextInt(20)));
            assertPastStands(before, BUILT_IN.with(over), past);
            day = day.plusDays(random.nextInt(40));
          }
        });
  }

  private static void assertPastStands(Catalogue before, Catalogue after, List<LocalDate> days) {
    for (var model : before.prices().all().keySet()) {
      for (var tier : ServiceTier.values()) {
        for (var day : days) {
          assertThat(rates(after, model, tier, day))
              .as("%s %s on %s", model, tier, day)
              .isEqualTo(rates(before, model, tier, day));
        }
      }
    }
  }

  private static Optional<List<Object>> rates(
      Catalogue catalogue, String model, ServiceTier tier, LocalDate day) {
    return catalogue
        .prices()
        .price(model, tier, day)
        .map(row -> List.of(row.rates(), row.above(), row.from(), row.source()));
  }

  /// What comes back from the file.
  private static Catalogue written(Catalogue catalogue) {
    var problems = new Problems("prices.yaml");
    var read = Catalogue.read(CatalogueText.of(catalogue, "a test"), problems);
    assertThat(problems.all()).isEmpty();
    assertThat(read.map(other -> other.prices().all())).contains(catalogue.prices().all());
    return read.orElseThrow();
  }

  private static PriceSnapshot list(Random random, ListFormat format, LocalDate day) {
    var models = new LinkedHashMap<ModelId, ListedModel>();
    var known = BUILT_IN.prices().all().keySet().stream().sorted().toList();
    for (int i = 0; i < 25; i++) {
      var id =
          random.nextInt(8) == 0
              ? new ModelId("acme", "m" + random.nextInt(5))
              : ModelId.parse(known.get(random.nextInt(known.size())));
      var rows = new ArrayList<Price>();
      for (var tier : ServiceTier.values()) {
        if (tier == ServiceTier.STANDARD || random.nextInt(3) == 0) {
          rows.addAll(rows(random, tier, day));
        }
      }
      models.put(id, new ListedModel(Model.named(id), rows));
    }
    return new PriceSnapshot(format, day, models, Map.of(), List.of(), List.of(), 0);
  }

  private static List<Price> rows(Random random, ServiceTier tier, LocalDate day) {
    var change = random.nextInt(3) == 0 ? day.plusDays(random.nextInt(60) - 30) : null;
    var first = price(random, tier, LocalDate.EPOCH, change);
    return change == null ? List.of(first) : List.of(first, price(random, tier, change, null));
  }

  private static Price price(
      Random random, ServiceTier tier, LocalDate from, @Nullable LocalDate until) {
    var above = new TreeMap<Long, Rates>();
    if (random.nextInt(4) == 0) {
      above.put(200_000L, rates(random));
    }
    return new Price(tier, rates(random), above, from, until, "a list");
  }

  private static Rates rates(Random random) {
    return new Rates(
        new Rate(random.nextInt(3) * 1_000_000_000L),
        random.nextBoolean() ? null : new Rate(random.nextInt(1_000_000_000)),
        null,
        random.nextBoolean() ? null : new Rate(random.nextInt(1_000_000_000)),
        new Rate(random.nextInt(3) * 5_000_000_000L),
        null,
        null);
  }

  private static Days on(LocalDate day) {
    return new Days(day, day);
  }

  private static PriceImport plan(String... files) {
    var lists = List.of(files).stream().map(Lists::read).toList();
    return PriceImport.plan(BUILT_IN, lists, on(TODAY), _ -> true);
  }

  private static List<PlannedRow> agreed(PriceImport plan) {
    return plan.rows().stream().filter(PlannedRow::isAgreed).toList();
  }

  @Test
  void writesTheWholeCatalogueAsItWasRead() {
    var read = written(BUILT_IN);

    assertThat(read.models()).isEqualTo(new HashMap<>(BUILT_IN.models()));
    assertThat(read.urls()).isEqualTo(BUILT_IN.urls());
    assertThat(read.prices()).extracting(PriceList::date).isEqualTo(BUILT_IN.prices().date());
  }
}
