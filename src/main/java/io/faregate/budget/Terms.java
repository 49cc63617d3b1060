package io.faregate.budget;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.money.Price;
import io.faregate.policy.Model;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What the cost of an attempt depends on.
///
/// @param outputLimit what client, step and plan allow together for one answer, or null
/// @param price the row in force, or null when unpriced
/// @param usualOutput four times the 99th percentile of the route's output, or null when not
///   learned yet
/// @param mayCostMore whether it may be served at a price that nobody knows, beside that row
public record Terms(
    Demand demand,
    @Nullable Long outputLimit,
    Model model,
    @Nullable Price price,
    @Nullable Long usualOutput,
    boolean mayCostMore) {
  /// An affordable cap is never lower: a shorter answer helps nobody.
  static final long LEAST_CAP = 1_000;

  /// One hold takes no more of what is left than that part, if it can be helped.
  private static final long PART = 10;

  /// The cap of the output that a hard limit asks for where nobody stated one, in tokens of one
  /// answer: the least of what the model can write, what the route usually writes at most, and what
  /// a tenth of the smallest remainder buys beyond the input, or all that is left to the call
  /// itself; at least 1,000. Null when there is nothing to add: a limit was stated, no hard limit
  /// applies, the cost is unknown, or the model writes no more anyway. Source: RELIABILITY §4.
  ///
  /// @param leftNanoUsd the smallest remainder under the limits of the call; null without a limit
  /// @param callLeftNanoUsd what is left of what the client lets the call cost; null if it does not
  ///   say
  public @Nullable Long outputCap(@Nullable Long leftNanoUsd, @Nullable Long callLeftNanoUsd) {
    var part = leftNanoUsd == null ? Long.MAX_VALUE : leftNanoUsd / PART;
    var money = callLeftNanoUsd == null ? part : Math.min(part, callLeftNanoUsd);
    if (outputLimit != null || money == Long.MAX_VALUE || price == null) {
      return null;
    }
    var alone = Ceiling.of(demand, 0L, model, price);
    var input = alone.cost().nanoUsdOrNull();
    var rate = Ceiling.dearestOutput(price.rates(alone.inputTokens()));
    if (input == null || rate == null) {
      return null;
    }
    var most = Ceiling.mostOutput(model);
    var usual = usualOutput == null ? most : Math.min(most, usualOutput);
    var each = Math.multiplyExact(rate.nanoUsdPerMillion(), (long) demand.choices());
    var cap = Math.min(usual, tokens(money - input, each));
    var useful = Math.max(LEAST_CAP, cap);
    return useful < most ? useful : null;
  }

  /// Terms of an attempt that is served at that row.
  public Terms(
      Demand demand,
      @Nullable Long outputLimit,
      Model model,
      @Nullable Price price,
      @Nullable Long usualOutput) {
    this(demand, outputLimit, model, price, usualOutput, false);
  }

  /// Whether no bound of its cost can be given.
  boolean unbounded() {
    var pages = demand.needs().contains(Capability.FILES) && model.windowTokens() == null;
    return pages || demand.unbounded() != null;
  }

  /// The most that the attempt can cost under that cap, or without one when it is null.
  public Ceiling ceiling(@Nullable Long outputCap) {
    return Ceiling.of(demand, outputLimit == null ? outputCap : outputLimit, model, price);
  }

  /// How many tokens the money buys, rounded down.
  private static long tokens(long nanoUsd, long nanoUsdPerMillion) {
    if (nanoUsd <= 0 || nanoUsdPerMillion == 0) {
      return nanoUsdPerMillion == 0 ? Long.MAX_VALUE : 0;
    }
    var bought =
        BigInteger.valueOf(nanoUsd)
            .multiply(BigInteger.valueOf(1_000_000))
            .divide(BigInteger.valueOf(nanoUsdPerMillion));
    return bought.bitLength() < Long.SIZE ? bought.longValueExact() : Long.MAX_VALUE;
  }
}
