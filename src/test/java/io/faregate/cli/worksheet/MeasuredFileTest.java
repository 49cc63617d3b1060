package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.config.worksheet.Ground;
import io.faregate.config.worksheet.Worksheets;
import io.faregate.ledger.Span;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.worksheet.measured.Measured;
import io.faregate.worksheet.measured.Measured.Attempts;
import io.faregate.worksheet.measured.Place;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a worksheet of a ledger says of what its rows cannot.
class MeasuredFileTest {
  private static final Span MONTH =
      new Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(30L * 86_400));

  @Test
  void saysWhichShareOfTheAttemptsARowPricesOnAnotherModel() {
    var text =
        text(
            attempts(AttemptKind.FIRST, "low", "gpt-5.6-luna", 75),
            attempts(AttemptKind.FIRST, "premium", "gpt-5.6-sol", 25),
            attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-sol", 9),
            attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-terra", 1));

    assertThat(text)
        .contains(
            "  # support/faq: 25% of the first attempts were not on openai/gpt-5.6-luna, whose"
                + " price the row has\n",
            "  # support/faq: 10% of the fallback attempts were not on openai/gpt-5.6-sol, whose"
                + " price the row has\n");
    assertThat(Worksheets.reading(text).problems()).isEmpty();
  }

  @Test
  void knowsHowLongCallsAreFromAttemptsThatHaveAUsage() {
    var failed = free(attempts(AttemptKind.FIRST, "low", "gpt-5.6-luna", 60));
    var other = attempts(AttemptKind.FIRST, "low", "gpt-5.4-nano", 40);

    assertThat(text(failed, other)).contains("input_tokens: 100, output_tokens: 10,");
    assertThat(text(failed, attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-sol", 60)))
        .contains("input_tokens: 100, output_tokens: 10,");
    assertThat(text(failed)).contains("input_tokens: 0, output_tokens: 0,");
  }

  @Test
  void countsRetriesAtTheTierThatTheyWereOn() {
    var first = attempts(AttemptKind.FIRST, "low", "gpt-5.6-luna", 100);
    var fallback = attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-sol", 20);

    assertThat(
            text(
                first,
                attempts(AttemptKind.RETRY, "low", "gpt-5.6-luna", 4),
                fallback,
                attempts(AttemptKind.RETRY, "premium", "gpt-5.6-sol", 5)))
        .contains("retry_rate: 4%, fallback_rate: 20%, fallback_retry_rate: 25%,");
    var read = text(first, attempts(AttemptKind.RETRY, "low", "gpt-5.6-luna", 4), fallback);
    assertThat(read).contains("retry_rate: 4%, fallback_rate: 20%, fallback_retry_rate: 0%,");
    assertThat(Worksheets.of(read).routes().getFirst().odds().fallbackRetry()).isZero();
  }

  @Test
  void saysWhichServiceTierMostAttemptsHadAndWhatShareHadAnother() {
    var text =
        text(
            at(ServiceTier.FLEX, attempts(AttemptKind.FIRST, "low", "gpt-5.4-nano", 80)),
            attempts(AttemptKind.FIRST, "low", "gpt-5.4-nano", 15),
            attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-sol", 5));

    assertThat(text)
        .contains("service: flex,")
        .contains(
            "  # support/faq: 20% of its attempts were not served as flex, whose price the row"
                + " has\n");
    assertThat(text(attempts(AttemptKind.FIRST, "low", "gpt-5.4-nano", 15)))
        .doesNotContain("service");
  }

  @Test
  void saysWhatARowLeavesOut() {
    var written =
        with(
            new Usage(60, 20, 10, 10, 10, 0),
            attempts(AttemptKind.FIRST, "low", "gpt-5.6-luna", 1));

    var text = text(written, attempts(AttemptKind.RETRY, "low", "gpt-5.6-luna", 3));

    assertThat(text)
        .contains(
            "cached_share: 20%, retry_rate: 100%,",
            "  # support/faq: 20% of the input was written to a cache, which the row prices as"
                + " input that is not cached\n",
            "  # support/faq: retry_rate was 300%, and a row has 100% at most\n");
    assertThat(Worksheets.reading(text).problems()).isEmpty();
  }

  @Test
  void saysNothingOfAttemptsThatWereWhereTheRowHasThem() {
    assertThat(
            text(
                attempts(AttemptKind.FIRST, "low", "gpt-5.6-luna", 75),
                attempts(AttemptKind.FALLBACK, "premium", "gpt-5.6-sol", 9)))
        .doesNotContain("# support/faq");
  }

  private static String text(Attempts... attempts) {
    var route = new Measured(new Place("support", "faq"), 100, 0, List.of(attempts));
    return new MeasuredFile(List.of(route), MONTH, new Ground(null, Worksheets.prices())).text();
  }

  private static Attempts attempts(AttemptKind kind, String tier, String model, long count) {
    return new Attempts(
        kind,
        tier,
        new ModelId("openai", model),
        ServiceTier.STANDARD,
        count,
        Usage.of(count * 100, count * 10),
        Segments.NONE,
        count * 1000,
        0,
        0);
  }

  /// Attempts that failed before anything was billed.
  private static Attempts free(Attempts each) {
    return with(Usage.NONE, each);
  }

  private static Attempts with(Usage usage, Attempts each) {
    return changed(each, each.service(), usage);
  }

  private static Attempts at(ServiceTier service, Attempts each) {
    return changed(each, service, each.usage());
  }

  private static Attempts changed(Attempts each, ServiceTier service, Usage usage) {
    return new Attempts(
        each.kind(),
        each.tier(),
        each.model(),
        service,
        each.count(),
        usage,
        Segments.NONE,
        usage.equals(Usage.NONE) ? 0 : each.costNanoUsd(),
        0,
        0);
  }
}
