package io.faregate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.Seeds;
import io.faregate.call.Segments;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Entries;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoredCall;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.RatesText;
import io.faregate.money.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallReportTest {
  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  private final CallReport report =
      CallReport.of(
          new StoredCall(
              SampleCalls.call(), List.of(SampleCalls.refused(), SampleCalls.answered())));

  @Test
  void splitsTheCostByKind() {
    assertThat(report.costByKind())
        .containsExactly(
            Map.entry("input", 7_600_000L),
            Map.entry("cache_read", 272_000L),
            Map.entry("cache_write_5m", 850_000L),
            Map.entry("cache_write_1h", 0L),
            Map.entry("output", 7_800_000L));
  }

  @Test
  void laysCachedTokensOverTheSegmentsFromTheFront() {
    // Tools 500 and 860 of system are read, the other 340 of system written, all else is fresh.
    assertThat(report.costBySegment())
        .containsEntry("tools", 100_000L)
        .containsEntry("system", 172_000L + 850_000L)
        .containsEntry("user", 600_000L)
        .containsEntry("documents", 4_800_000L)
        .containsEntry("history", 2_200_000L)
        .containsEntry("output", 7_800_000L);
    assertThat(sum(report.costBySegment())).isEqualTo(SampleCalls.COST);
  }

  @Test
  void partsAddUpToTheCostToTheNanoDollar() {
    Seeds.each(
        200,
        chance -> {
          var rates = rates(chance);
          var usage = usage(chance);
          var cost = rates.cost(usage).nanoUsdOrNull();
          var attempt = attempt(usage, RatesText.write(rates), cost);

          var parts = CostParts.of(attempt).orElseThrow();

          assertThat(sum(parts.byKind())).isEqualTo(cost);
          assertThat(sum(parts.bySegment())).isEqualTo(cost);
        });
  }

  @Test
  void splitsACostThatPassesNineThousandDollars() {
    var billion = 1_000_000_000L;
    var usage = Usage.of(billion, billion);

    var parts = CostParts.of(attempt(usage, "input=15 output=75", 90_000 * billion)).orElseThrow();

    assertThat(parts.byKind())
        .containsEntry("input", 15_000 * billion)
        .containsEntry("output", 75_000 * billion);
    assertThat(parts.bySegment()).containsEntry("output", 75_000 * billion);
    assertThat(sum(parts.bySegment())).isEqualTo(90_000 * billion);
  }

  @Test
  void doesNotSplitACostThatFollowsFromNoRates() {
    var odd = attempt(Usage.of(10, 10), "input=2 output=12", 1L);
    var call = CallReport.of(new StoredCall(SampleCalls.call(), List.of(odd)));

    assertThat(CostParts.of(odd)).isEmpty();
    assertThat(call.costByKind()).containsExactly(Map.entry(CallReport.NOT_SPLIT, 1L));
  }

  @Test
  void aCallCostsWhatItsAttemptsCostOnceOneOfThemIsCorrected() {
    var entries =
        List.of(
            SampleCalls.lost(), SampleCalls.inDoubt(), SampleCalls.lost().corrected(12_300_000));
    try (var ledger = new MemoryLedger()) {
      ledger.store(Entries.of(entries, new Position(1, 1)));
      var why = CallReport.of(ledger.call(SampleCalls.LOST).orElseThrow()).document();
      var line = CallReport.lines(ledger, ALWAYS, 10).getFirst();

      for (var document : List.of(why, line)) {
        assertThat(document.text("cost_usd")).isEqualTo("0.012300000");
        assertThat(document.text("in_doubt_usd")).isEqualTo("0.000000000");
      }
    }
  }

  @Test
  void documentHasTheFieldsOfTheContract() {
    var document = report.document();

    assertThat(document.fields().keySet())
        .startsWith(
            "call",
            "status",
            "workflow",
            "step",
            "action",
            "task",
            "plan",
            "tier",
            "model",
            "reasons",
            "cost_usd");
    assertThat(document.list("attempts")).hasSize(2);
    var second = document.list("attempts").get(1);
    assertThat(second.fields().keySet())
        .startsWith(
            "number",
            "kind",
            "reason",
            "tier",
            "provider",
            "model",
            "status",
            "usage",
            "usage_source",
            "cost_usd");
    assertThat(second.inner("usage").number("cache_read")).isEqualTo(1_360);
    assertThat(document.text("cost_usd")).isEqualTo("0.016522000");
    assertThat(document.text("price_date")).isEqualTo("2026-08-21");
  }

  @Test
  void ratesThatAreNoRatesAreRefused() {
    assertThatThrownBy(() -> RatesText.read("input=2 light=3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("light");
    assertThatThrownBy(() -> RatesText.read("two dollars"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AttemptEntry attempt(Usage usage, String rates, @Nullable Long cost) {
    var like = SampleCalls.answered();
    return new AttemptEntry(
        like.call(),
        1,
        0,
        like.startedAt(),
        like.dimensions(),
        null,
        like.kind(),
        null,
        like.tier(),
        like.sku(),
        null,
        null,
        usage,
        new Segments(7, 11, 13, 17, 19, 23),
        like.usageSource(),
        rates,
        null,
        null,
        cost,
        null,
        null,
        0,
        like.ending(),
        200,
        null,
        null,
        1,
        null);
  }

  private static Rates rates(Random chance) {
    return new Rates(
        rate(chance),
        rate(chance),
        rate(chance),
        rate(chance),
        rate(chance),
        chance.nextBoolean() ? rate(chance) : null,
        chance.nextBoolean() ? rate(chance) : null);
  }

  private static Rate rate(Random chance) {
    return new Rate(chance.nextLong(30_000_000_000L));
  }

  private static Usage usage(Random chance) {
    long output = chance.nextInt(9_000);
    return new Usage(
        chance.nextInt(90_000),
        chance.nextInt(9_000),
        chance.nextInt(900),
        chance.nextInt(90),
        output,
        output / 3);
  }

  private static long sum(Map<String, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
