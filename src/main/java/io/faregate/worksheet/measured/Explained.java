package io.faregate.worksheet.measured;

import io.faregate.call.AttemptKind;
import io.faregate.money.TokenKind;
import io.faregate.worksheet.cost.AttemptCost;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.cost.Quote;
import io.faregate.worksheet.cost.RouteCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What explains that a route cost something else than planned, in dollars of the same days.
///
/// A product changes by `d(ab) = da b~ + a~ db`, where `~` is the mean of plan and actual, so that
/// the parts add up to the difference exactly and in any order (FORMULAS §3.1). A kind of attempts
/// that only one side has counts with its whole cost as a matter of how many there are.
///
/// @param planned null when unpriced, or not planned
/// @param actual of the attempts that have a price
/// @param parts by what explains them; their sum is the difference. Empty when unpriced
public record Explained(
    @Nullable BigDecimal planned, BigDecimal actual, Map<Factor, BigDecimal> parts) {
  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  public Explained {
    parts = Map.copyOf(parts);
  }

  /// Why a route costs something else.
  public enum Factor {
    /// More or fewer calls.
    CALLS,
    /// More or fewer retries for each call.
    RETRIES,
    /// More or fewer fallbacks for each call.
    FALLBACKS,
    /// More or fewer checks, and other attempts beside the answer, for each call.
    CHECKS,
    /// Longer or shorter inputs, at the planned prices.
    INPUT,
    /// Longer or shorter answers, at the planned prices.
    OUTPUT,
    /// Other prices, models and cache shares.
    PRICE
  }

  /// Attempts of one kind on one side; amounts are means of one attempt.
  ///
  /// @param perCall how many for each call
  /// @param input tokens, cached or not
  /// @param inputUsd the part of the dollars that is for input; nothing on the side of the actual
  private record Side(
      BigDecimal perCall,
      BigDecimal usd,
      BigDecimal input,
      BigDecimal inputUsd,
      BigDecimal output,
      BigDecimal outputUsd) {}

  /// Compares the plan of a route with what happened, over the same days.
  ///
  /// @param days of the actual figures, as a share of the month of the plan
  public static Explained of(RouteCost plan, Prices prices, Measured actual, BigDecimal days) {
    var monthly = plan.monthlyUsd();
    var perStarted = plan.perStartedUsd();
    if (monthly == null || perStarted == null) {
      return new Explained(null, actual.usd(), Map.of());
    }
    var planned = monthly.multiply(days, DIGITS);
    var difference = actual.usd().subtract(planned);
    if (actual.calls() == 0) {
      return new Explained(planned, actual.usd(), Map.of(Factor.CALLS, difference));
    }
    var calls = BigDecimal.valueOf(actual.calls());
    var plannedCalls = plannedCalls(plan, days);
    var perCall = perStarted.divide(turns(plan), DIGITS);
    var parts = new EnumMap<Factor, BigDecimal>(Factor.class);
    parts.put(
        Factor.CALLS,
        calls
            .subtract(plannedCalls)
            .multiply(mean(actual.usd().divide(calls, DIGITS), perCall), DIGITS));
    for (var kind : AttemptKind.values()) {
      add(parts, kind, sides(plan, prices, actual, kind), mean(calls, plannedCalls));
    }
    // What is left are prices; a planned overhead, which no attempt bills; and the last digit.
    var explained = parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    parts.merge(Factor.PRICE, difference.subtract(explained), BigDecimal::add);
    return new Explained(planned, actual.usd(), parts);
  }

  /// The calls that a route is to have: a conversation is as many as it has turns.
  static BigDecimal plannedCalls(RouteCost plan, BigDecimal days) {
    return plan.requests().multiply(turns(plan)).multiply(days, DIGITS);
  }

  private static BigDecimal turns(RouteCost plan) {
    return BigDecimal.valueOf(plan.route().shape().turns());
  }

  /// Plan and actual of one kind.
  private record Sides(@Nullable Side plan, @Nullable Side actual) {}

  private static Sides sides(RouteCost plan, Prices prices, Measured actual, AttemptKind kind) {
    return new Sides(planned(plan, prices, kind), actual(actual, kind));
  }

  private static void add(
      Map<Factor, BigDecimal> parts, AttemptKind kind, Sides sides, BigDecimal calls) {
    var plan = sides.plan();
    var actual = sides.actual();
    if (plan == null && actual == null) {
      return;
    }
    if (plan == null || actual == null) {
      var only = Objects.requireNonNull(plan == null ? actual : plan);
      var usd = only.perCall().multiply(only.usd(), DIGITS).multiply(calls, DIGITS);
      parts.merge(factor(kind), plan == null ? usd : usd.negate(), BigDecimal::add);
      return;
    }
    var more = actual.perCall().subtract(plan.perCall());
    parts.merge(
        factor(kind),
        more.multiply(mean(actual.usd(), plan.usd()), DIGITS).multiply(calls, DIGITS),
        BigDecimal::add);
    var each = mean(actual.perCall(), plan.perCall()).multiply(calls, DIGITS);
    parts.merge(
        Factor.INPUT,
        longer(actual.input(), plan.input(), plan.inputUsd()).multiply(each, DIGITS),
        BigDecimal::add);
    parts.merge(
        Factor.OUTPUT,
        longer(actual.output(), plan.output(), plan.outputUsd()).multiply(each, DIGITS),
        BigDecimal::add);
  }

  /// What more tokens cost at the planned price of one.
  private static BigDecimal longer(BigDecimal actual, BigDecimal planned, BigDecimal plannedUsd) {
    return planned.signum() == 0
        ? BigDecimal.ZERO
        : actual.subtract(planned).multiply(plannedUsd, DIGITS).divide(planned, DIGITS);
  }

  private static Factor factor(AttemptKind kind) {
    return switch (kind) {
      case FIRST -> Factor.CALLS;
      case RETRY -> Factor.RETRIES;
      case FALLBACK -> Factor.FALLBACKS;
      case CHECK, CLASSIFY, SHADOW -> Factor.CHECKS;
    };
  }

  private static @Nullable Side planned(RouteCost plan, Prices prices, AttemptKind kind) {
    var sums = new Sums();
    for (var attempt : plan.expected().attempts()) {
      if (attempt.kind() == kind && attempt.usd() != null) {
        var check = plan.route().check();
        var shape =
            kind == AttemptKind.CHECK && check != null ? check.shape() : plan.route().shape();
        sums.add(attempt, prices.quote(attempt.target().model(), shape));
      }
    }
    return sums.of(turns(plan)).side();
  }

  private static @Nullable Side actual(Measured actual, AttemptKind kind) {
    var sums = new Sums();
    actual.of(kind).forEach(sums::add);
    return sums.of(BigDecimal.valueOf(actual.calls())).side();
  }

  /// What the attempts of a kind come to, for each call.
  private static final class Sums {
    private BigDecimal attempts = BigDecimal.ZERO;
    private BigDecimal usd = BigDecimal.ZERO;
    private BigDecimal input = BigDecimal.ZERO;
    private BigDecimal inputUsd = BigDecimal.ZERO;
    private BigDecimal output = BigDecimal.ZERO;
    private BigDecimal outputUsd = BigDecimal.ZERO;

    void add(AttemptCost attempt, Quote quote) {
      var turns = BigDecimal.valueOf(quote.shape().turns());
      var calls = attempt.attempts().divide(turns, DIGITS);
      var usage = quote.shape().usage();
      attempts = attempts.add(attempt.attempts());
      usd = usd.add(Objects.requireNonNullElse(attempt.usd(), BigDecimal.ZERO));
      input = input.add(calls.multiply(BigDecimal.valueOf(usage.inputTotal())));
      output = output.add(calls.multiply(BigDecimal.valueOf(usage.output())));
      for (var part : quote.byKind()) {
        var cost =
            calls.multiply(BigDecimal.valueOf(Objects.requireNonNullElse(part.nanoUsd(), 0L), 9));
        if (part.name().equals(TokenKind.OUTPUT.word())) {
          outputUsd = outputUsd.add(cost);
        } else {
          inputUsd = inputUsd.add(cost);
        }
      }
    }

    void add(Measured.Attempts measured) {
      attempts = attempts.add(BigDecimal.valueOf(measured.count()));
      usd = usd.add(measured.usd());
      input = input.add(BigDecimal.valueOf(measured.usage().inputTotal()));
      output = output.add(BigDecimal.valueOf(measured.usage().output()));
    }

    Sums of(BigDecimal calls) {
      var each = new Sums();
      each.attempts = attempts.divide(calls, DIGITS);
      each.usd = usd.divide(calls, DIGITS);
      each.input = input.divide(calls, DIGITS);
      each.inputUsd = inputUsd.divide(calls, DIGITS);
      each.output = output.divide(calls, DIGITS);
      each.outputUsd = outputUsd.divide(calls, DIGITS);
      return each;
    }

    @Nullable Side side() {
      return attempts.signum() == 0
          ? null
          : new Side(
              attempts,
              usd.divide(attempts, DIGITS),
              input.divide(attempts, DIGITS),
              inputUsd.divide(attempts, DIGITS),
              output.divide(attempts, DIGITS),
              outputUsd.divide(attempts, DIGITS));
    }
  }

  private static BigDecimal mean(BigDecimal one, BigDecimal other) {
    return one.add(other).divide(TWO, DIGITS);
  }
}
