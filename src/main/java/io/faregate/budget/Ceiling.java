package io.faregate.budget;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.money.Cost;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.Usage;
import io.faregate.policy.Model;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The most that one attempt can cost: what is set aside for it before it is sent. It is a bound
/// and not a guess: every byte counts as a token, at the dearest rate at which it may be billed,
/// and the output is as long as it can be. Source: RELIABILITY §4.
///
/// @param inputTokens bound of the input
/// @param outputTokens bound of the output of all choices together
/// @param cost the bound in money; unpriced if a rate that it needs is unknown
public record Ceiling(long inputTokens, long outputTokens, Cost cost) {
  /// Output of a model of which nobody said how much it can write.
  private static final long UNSTATED_OUTPUT = 128_000;

  /// More than any model writes. A client may state any limit; its cost must still be a number.
  private static final long MOST_OUTPUT = 1L << 30;

  /// The ceiling of a call at one model.
  ///
  /// @param outputLimit what client, step and plan allow together, or null
  /// @param price the price row in force, or null when unpriced
  public static Ceiling of(
      Demand demand, @Nullable Long outputLimit, Model model, @Nullable Price price) {
    var each =
        outputLimit == null
            ? mostOutput(model)
            : Math.min(
                outputLimit, Objects.requireNonNullElse(model.maxOutputTokens(), MOST_OUTPUT));
    var output = Math.multiplyExact(each, demand.choices());
    var input = inputBound(demand, model);
    var cost =
        price == null
            ? new Cost.Unpriced()
            : cost(price.rates(input), input, output, demand.cacheAsked());
    return new Ceiling(input, output, cost);
  }

  /// Every byte may be a token; but the pages of a file are counted by nobody here, and few bytes
  /// can be many pages. No model takes more than its window.
  private static long inputBound(Demand demand, Model model) {
    return demand.needs().contains(Capability.FILES) && model.windowTokens() != null
        ? Math.max(demand.inputBound(), model.windowTokens())
        : demand.inputBound();
  }

  /// How much output one answer of a model reserves where nobody limits it, in tokens.
  static long mostOutput(Model model) {
    return Objects.requireNonNullElse(model.maxOutputTokens(), UNSTATED_OUTPUT);
  }

  /// The dearest rate at which a token of output may be billed, or null when unknown.
  static @Nullable Rate dearestOutput(Rates rates) {
    var output = rates.output();
    var reasoning = rates.reasoning();
    if (output == null || reasoning == null) {
      return output;
    }
    return output.nanoUsdPerMillion() >= reasoning.nanoUsdPerMillion() ? output : reasoning;
  }

  /// The bound when no more than that was written: the ceiling less the rest of the output.
  Cost writing(long outputTokens, Price price) {
    var rate = dearestOutput(price.rates(inputTokens));
    return switch (cost) {
      case Cost.Unpriced unpriced -> unpriced;
      case Cost.Priced(var nanoUsd) when rate != null && outputTokens < this.outputTokens ->
          new Cost.Priced(nanoUsd - rate.roundedDown(this.outputTokens - outputTokens));
      case Cost.Priced priced -> priced;
    };
  }

  private static Cost cost(Rates rates, long input, long output, boolean cacheAsked) {
    var in = rates.dearestInput(cacheAsked);
    var dearest = new Rates(in, null, null, null, dearestOutput(rates), null, rates.perCall());
    return dearest.ceiling(Usage.of(input, output));
  }
}
