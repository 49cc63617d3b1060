package io.faregate.budget;

import io.faregate.call.Ending;
import io.faregate.call.UsageSource;
import io.faregate.money.Cost;
import io.faregate.money.Price;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;

/// What an attempt that is over comes to: its cost, and what it may have cost beyond that. Source:
/// RELIABILITY §2.
///
/// @param usage tokens by kind; null when nobody knows them
/// @param inDoubtNanoUsd stays counted against every limit until somebody resolves it
public record Settlement(
    @Nullable Usage usage, UsageSource source, Cost cost, long inDoubtNanoUsd) {
  /// Output that a provider may still write, and bill, after an attempt was cut off.
  private static final long OVERRUN_TOKENS = 1_000;

  /// What is known of an attempt that is over.
  ///
  /// @param reported what the provider said it used, or null
  /// @param estimate the best guess of what it used: input sent and output seen
  /// @param seenBound no more output than that has been seen, in tokens
  /// @param hidden whether output may have been written that nobody saw (reasoning)
  public record Known(
      Ending ending, @Nullable Usage reported, Usage estimate, long seenBound, boolean hidden) {}

  /// Settles an attempt.
  ///
  /// @param price the row in force, or null when unpriced
  /// @param boundDoubt whether what was cut off counts up to its bound; if not, only as far as seen
  public static Settlement of(
      Known known, Ceiling ceiling, @Nullable Price price, boolean boundDoubt) {
    return switch (known.ending()) {
      case ANSWERED -> answered(known, ceiling, price, boundDoubt);
      case REFUSED -> new Settlement(Usage.NONE, UsageSource.PROVIDER, new Cost.Priced(0), 0);
      case UNSENT -> new Settlement(Usage.NONE, UsageSource.ESTIMATED, new Cost.Priced(0), 0);
      case REFUSED_BILLED -> {
        var input = Usage.of(known.estimate().input(), 0);
        yield new Settlement(input, UsageSource.ESTIMATED, cost(price, input), 0);
      }
      case NO_USAGE, CUT, ABANDONED -> estimated(known, ceiling, price, boundDoubt);
      case LOST, CRASHED -> unknown(ceiling);
    };
  }

  private static Settlement answered(
      Known known, Ceiling ceiling, @Nullable Price price, boolean boundDoubt) {
    return known.reported() == null
        ? estimated(known, ceiling, price, boundDoubt)
        : reported(known.reported(), ceiling, price);
  }

  /// What is used is known, and yet what it cost may not be: of a model that nobody has priced, or
  /// of a service tier or a sort of token that its row does not have. Unknown is not zero, so as
  /// much as was held for it stays in doubt.
  private static Settlement reported(Usage usage, Ceiling ceiling, @Nullable Price price) {
    var cost = cost(price, usage);
    var doubt = cost.nanoUsdOrNull() == null ? amount(ceiling.cost()) : 0;
    return new Settlement(usage, UsageSource.PROVIDER, cost, doubt);
  }

  /// By the best guess, never below what the provider reported before it broke off.
  private static Settlement estimated(
      Known known, Ceiling ceiling, @Nullable Price price, boolean boundDoubt) {
    var usage = guess(known);
    var cost = cost(price, usage);
    if (cost.nanoUsdOrNull() == null || price == null) {
      return new Settlement(usage, UsageSource.ESTIMATED, cost, amount(ceiling.cost()));
    }
    if (!boundDoubt) {
      return new Settlement(usage, UsageSource.ESTIMATED, cost, 0);
    }
    var doubt = Math.max(0, bound(known, ceiling, price) - amount(cost));
    return new Settlement(usage, UsageSource.ESTIMATED, cost, doubt);
  }

  /// A provider that broke off may have reported less output than it had written by then.
  private static Usage guess(Known known) {
    var reported = known.reported();
    return reported == null ? known.estimate() : reported.writingAtLeast(known.estimate().output());
  }

  /// The input as the provider has reported it, or its bound; and all output where something may
  /// have been written unseen, else what was seen and what may have been on its way. Nano-dollars.
  private static long bound(Known known, Ceiling ceiling, Price price) {
    var output = ceiling.outputTokens();
    if (!known.hidden() && known.seenBound() > 0) {
      var overrun = known.ending() == Ending.NO_USAGE ? 0 : OVERRUN_TOKENS;
      output = Math.min(output, known.seenBound() + overrun);
    }
    var reported = known.reported();
    if (reported == null) {
      return amount(ceiling.writing(output, price));
    }
    var most = reported.writingAtLeast(output);
    return Math.max(amount(price.cost(most)), amount(price.cost(most.hidden())));
  }

  private static Settlement unknown(Ceiling ceiling) {
    return switch (ceiling.cost()) {
      case Cost.Unpriced unpriced -> new Settlement(null, UsageSource.UNKNOWN, unpriced, 0);
      case Cost.Priced(var hold) ->
          new Settlement(null, UsageSource.UNKNOWN, new Cost.Priced(0), hold);
    };
  }

  private static Cost cost(@Nullable Price price, Usage usage) {
    return price == null ? new Cost.Unpriced() : price.cost(usage);
  }

  private static long amount(Cost cost) {
    var nanoUsd = cost.nanoUsdOrNull();
    return nanoUsd == null ? 0 : nanoUsd;
  }
}
