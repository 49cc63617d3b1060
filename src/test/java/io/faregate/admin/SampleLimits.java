package io.faregate.admin;

import io.faregate.audit.SampleCalls;
import io.faregate.budget.Limit;
import io.faregate.budget.LimitState;
import io.faregate.budget.Period;
import io.faregate.budget.PremiumState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits in every state that the eye must tell apart: little used, nearly used up, used up, set to
/// nothing, and not set. One attempt is in doubt.
final class SampleLimits implements Limits {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static final long DOLLAR = 1_000_000_000;

  private boolean doubtful = true;

  @Override
  public List<LimitState> limits(Instant now) {
    var doubt = doubtful ? SampleCalls.HOLD : 0;
    return List.of(
        state(Limit.ofTier("low"), now, null, 3 * DOLLAR, 0, 0),
        state(Limit.ofTier("premium"), now, DOLLAR / 5, 91_400_000, 28_600_000, doubt),
        state(Limit.ofAll(Period.DAY), now, 50 * DOLLAR, 12_345_678_900L, 750_000_000, doubt),
        state(Limit.ofAll(Period.MONTH), now, 1_500 * DOLLAR, 1_234_567_891_234L, 0, doubt),
        state(Limit.ofWorkflow("support", Period.DAY), now, 10 * DOLLAR, 11 * DOLLAR, 0, 0),
        state(Limit.ofWorkflow("support", Period.MONTH), now, null, 0, 0, 0),
        state(Limit.ofKey("trial", Period.MONTH), now, 0L, 0, 0, 0));
  }

  @Override
  public List<PremiumState> premium() {
    return List.of(
        new PremiumState(null, 50_000, 40, 2, 1_000_000),
        new PremiumState("support", 100_000, 1_234, 123, 1_400_000));
  }

  @Override
  public synchronized Resolved resolve(String call, int attempt, long costNanoUsd) {
    if (!call.equals(SampleCalls.LOST) || attempt != 1) {
      throw new NotInDoubtException("no attempt %d of %s is known".formatted(attempt, call));
    }
    if (!doubtful) {
      throw new NotInDoubtException("attempt %d of %s is not in doubt".formatted(attempt, call));
    }
    doubtful = false;
    return new Resolved(call, attempt, costNanoUsd, 0L, SampleCalls.HOLD);
  }

  private static LimitState state(
      Limit limit, Instant now, @Nullable Long most, long... spentHeldDoubt) {
    return new LimitState(
        limit,
        limit.period().window(ZONE, now),
        most,
        spentHeldDoubt[0],
        spentHeldDoubt[1],
        spentHeldDoubt[2]);
  }
}
