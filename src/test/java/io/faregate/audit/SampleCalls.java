package io.faregate.audit;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.UsageSource;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Sku;
import io.faregate.money.RatesText;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that fell back once, for the tests of whoever shows calls.
public final class SampleCalls {
  /// When it began.
  public static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");

  /// Its id.
  public static final String ID = "call_01kax3m9r8h5n7p2q4s6t8v0w1";

  /// What the second attempt used and its rates come to.
  public static final long COST = 16_522_000;

  /// The id of the call whose attempt was lost.
  public static final String LOST = "call_01kax3m9r8h5n7p2q4s6t8v0w2";

  /// What was set aside for the attempt that was lost, in nano-dollars.
  public static final long HOLD = 42_000_000;

  private static final ModelId CHEAP = ModelId.parse("alpha/small");
  private static final ModelId DEAR = ModelId.parse("beta/<large>");
  private static final Rung FIRST = new Rung("low", CHEAP, AttemptKind.FIRST, null);
  private static final Rung FALLBACK =
      new Rung("balanced", DEAR, AttemptKind.FALLBACK, Reason.PROVIDER_ERROR);
  private static final Dimensions PLACE =
      new Dimensions("web", "standard", "support", "troubleshooting", "rag_answer");

  private SampleCalls() {}

  /// The first attempt, refused by its provider.
  public static AttemptEntry refused() {
    return attempt(FIRST, Usage.NONE, null, 0L);
  }

  /// The second attempt, with a prompt cache of which parts were read and written.
  public static AttemptEntry answered() {
    // 5,500 in, 650 out: 80 % of system and tools read, the rest of them written (FORMULAS §2.3).
    var usage = new Usage(3_800, 1_360, 340, 0, 650, 0);
    return attempt(FALLBACK, usage, "input=2 cache_read=0.2 cache_write_5m=2.5 output=12", COST);
  }

  /// The only attempt of another call: sent, and nobody knows what became of it.
  public static AttemptEntry lost() {
    return new AttemptEntry(
        LOST,
        1,
        0,
        AT.plusSeconds(30),
        PLACE,
        "order-2",
        FIRST.kind(),
        FIRST.reason(),
        FIRST.tier(),
        Sku.direct(FIRST.model()),
        null,
        null,
        null,
        new Segments(1_200, 300, 2_400, 1_100, 500, 0),
        UsageSource.UNKNOWN,
        "input=2 cache_read=0.2 cache_write_5m=2.5 output=12",
        "catalogue",
        LocalDate.parse("2026-08-21"),
        0L,
        null,
        HOLD,
        HOLD,
        Ending.LOST,
        0,
        null,
        null,
        30_000,
        "no content came within 30,000 ms");
  }

  /// The call.
  public static CallEntry call() {
    return new CallEntry(
        ID,
        AT,
        AT.plusMillis(900),
        PLACE,
        null,
        null,
        null,
        "order-1",
        null,
        Source.STEP,
        "p1",
        LocalDate.parse("2026-08-21"),
        "low",
        "balanced",
        DEAR,
        List.of(Reason.PROVIDER_ERROR),
        List.of(
            new Rule("workflows.support.steps.troubleshooting", true, "the step names its task"),
            new Rule("plans.standard", false, "the plan has the tier <low>")),
        List.of(FIRST, FALLBACK),
        new Segments(1_200, 300, 2_400, 1_100, 500, 0),
        0,
        650L,
        false,
        200,
        null,
        null,
        0,
        null,
        2,
        400L,
        900,
        350,
        COST,
        0,
        0);
  }

  /// The call whose only attempt was lost. It is of no workflow.
  public static CallEntry inDoubt() {
    var like = call();
    return new CallEntry(
        LOST,
        AT.plusSeconds(30),
        AT.plusSeconds(60),
        new Dimensions("web", "standard", null, null, "rag_answer"),
        null,
        null,
        null,
        null,
        null,
        Source.STEP,
        "p1",
        like.priceDate(),
        "low",
        "low",
        CHEAP,
        List.of(),
        List.of(),
        List.of(FIRST),
        like.tokens(),
        0,
        null,
        false,
        502,
        null,
        null,
        0,
        null,
        1,
        null,
        30_000,
        350,
        0L,
        HOLD,
        0);
  }

  /// Another call, with a text of the caller's wherever a stranger may put one.
  public static CallEntry named(String id, String text) {
    var like = call();
    return new CallEntry(
        id,
        AT,
        like.endedAt(),
        new Dimensions(text, text, text, text, text),
        text,
        text,
        text,
        text,
        text,
        like.taskSource(),
        text,
        like.priceDate(),
        text,
        text,
        new ModelId("beta", text),
        like.reasons(),
        List.of(new Rule(text, true, text)),
        List.of(new Rung(text, new ModelId("beta", text), AttemptKind.FIRST, null)),
        like.tokens(),
        0,
        650L,
        false,
        400,
        text,
        text,
        0,
        text,
        0,
        null,
        900,
        350,
        0L,
        0,
        0);
  }

  private static AttemptEntry attempt(
      Rung rung, Usage usage, @Nullable String rates, @Nullable Long cost) {
    var answered = rung.equals(FALLBACK);
    if (rates != null && !RatesText.write(RatesText.read(rates)).equals(rates)) {
      throw new IllegalArgumentException("not a line of rates: " + rates);
    }
    return new AttemptEntry(
        ID,
        answered ? 2 : 1,
        0,
        AT,
        PLACE,
        "order-1",
        rung.kind(),
        rung.reason(),
        rung.tier(),
        Sku.direct(rung.model()),
        null,
        null,
        usage,
        new Segments(1_200, 300, 2_400, 1_100, 500, 0),
        UsageSource.PROVIDER,
        rates,
        rates == null ? null : "catalogue",
        rates == null ? null : LocalDate.parse("2026-08-21"),
        cost,
        null,
        cost,
        0,
        answered ? Ending.ANSWERED : Ending.REFUSED,
        answered ? 200 : 503,
        null,
        answered ? 400L : null,
        400,
        null);
  }
}
