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
}
