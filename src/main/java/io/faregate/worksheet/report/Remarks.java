package io.faregate.worksheet.report;

import io.faregate.money.Grouped;
import io.faregate.worksheet.cost.BreakEven;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.Expectation;
import io.faregate.worksheet.cost.Headroom;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.plan.Caching;
import io.faregate.worksheet.plan.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the numbers of a worksheet say in words: break-even points, routes that weigh more than
/// they count, edges that calls are near to, and what is not in the sums.
public final class Remarks {
  /// Rows of which a worksheet's reader wants to hear; more would bury the table.
  private static final int MOST = 40;

  private static final BigDecimal WEIGHTY = new BigDecimal("0.1");
  private static final BigDecimal OUT_OF_PROPORTION = new BigDecimal(3);

  private final Costing costing;
  private final @Nullable BigDecimal total;
  private final int most;
  private final SequencedSet<String> said = new LinkedHashSet<>();
  private int unsaid;

  private Remarks(Costing costing, int most) {
    this.costing = costing;
    this.total = costing.totalUsd();
    this.most = most;
  }

  /// The remarks, those of the whole first, then in the order of the routes.
  public static List<String> of(Costing costing) {
    var remarks = new Remarks(costing, MOST);
    remarks.sums();
    remarks.people();
    costing.routes().forEach(remarks::route);
    return shortened(List.copyOf(remarks.said), remarks.unsaid);
  }

  /// What is worth saying of a scenario that is not said of the plan already.
  public static List<String> ofScenario(Costing scenario, Costing plan) {
    var remarks = new Remarks(scenario, Integer.MAX_VALUE);
    remarks.sums();
    if (scenario.humanUsd().compareTo(plan.humanUsd()) != 0) {
      remarks.people();
    }
    scenario.routes().forEach(remarks::route);
    var known = new Remarks(plan, Integer.MAX_VALUE);
    known.sums();
    plan.routes().forEach(known::route);
    var fresh = remarks.said.stream().filter(remark -> !known.said.contains(remark)).toList();
    var heard = fresh.subList(0, Math.min(MOST, fresh.size()));
    return shortened(heard, fresh.size() - heard.size());
  }

  private static List<String> shortened(List<String> heard, int unsaid) {
    if (unsaid == 0) {
      return heard;
    }
    var shown = new ArrayList<>(heard);
    shown.add("%,d more remarks are left out".formatted(unsaid));
    return shown;
  }

  /// Says it as long as somebody listens, and only counts it from then on.
  private void say(Supplier<String> remark) {
    if (said.size() < most) {
      said.add(remark.get());
    } else {
      unsaid++;
    }
  }

  private void sums() {
    var unpriced = costing.unpriced();
    if (unpriced > 0) {
      say(() ->
          "no sum contains %s that %s unpriced"
              .formatted(Words.counted(unpriced, "route"), unpriced == 1 ? "is" : "are"));
    }
    for (var workflow : costing.workflows()) {
      if (workflow.actions() == null) {
        say(() ->
            "the cost of an action of %s is not known: say in actions how many start in a month"
                .formatted(workflow.workflow()));
      } else if (workflow.completed() == null) {
        say(() ->
            "as many actions of %s fail as start, so there is no cost of a completed one"
                .formatted(workflow.workflow()));
      }
    }
  }

  private void people() {
    var human = costing.worksheet().human();
    var usd = costing.humanUsd();
    if (usd.signum() == 0) {
      return;
    }
    var whole = usd.add(total == null ? BigDecimal.ZERO : total);
    var failed =
        costing.routes().stream().map(RouteCost::failed).reduce(BigDecimal.ZERO, BigDecimal::add);
    say(() ->
        "people cost %s a month, %s of all: %s fail at %s each%s; %s"
            .formatted(
                Words.usd(usd, 2),
                Words.percent(usd.divide(whole, MathContext.DECIMAL128), 1),
                Words.count(failed),
                Words.usd(BigDecimal.valueOf(human.perFailureNanoUsd(), 9), 2),
                human.perCorrectionNanoUsd() == 0
                    ? ""
                    : ", and wrong answers at "
                        + Words.usd(BigDecimal.valueOf(human.perCorrectionNanoUsd(), 9), 2),
                human.completesFailed()
                    ? "they complete what failed, so every action ends well"
                    : "what failed stays uncompleted"));
  }

  private void route(RouteCost cost) {
    if (cost.monthlyUsd() == null) {
      unpriced(cost);
    }
    fallback(cost, cost.expected());
    weight(cost);
    var second = cost.route().fallback();
    edges(cost, cost.route().first());
    if (second != null && !second.equals(cost.route().first())) {
      edges(cost, second);
    }
    caching(cost);
    chain(cost);
  }

  private void unpriced(RouteCost cost) {
    var missing =
        cost.expected().attempts().stream()
            .filter(attempt -> attempt.usd() == null)
            .map(attempt -> attempt.target().model().toString())
            .distinct()
            .toList();
    say(() ->
        "%s is unpriced: no complete price of %s is known on %s"
            .formatted(cost.route().name(), Words.and(missing), costing.worksheet().day()));
  }

  private void fallback(RouteCost cost, Expectation expected) {
    var breakEven = expected.breakEven();
    var usd = cost.perStartedUsd();
    if (breakEven == null || usd == null || expected.fallback().signum() == 0) {
      return;
    }
    say(() -> ofFallback(cost, expected, breakEven, usd));
  }

  private static String ofFallback(
      RouteCost cost, Expectation expected, BreakEven breakEven, BigDecimal usd) {
    var first = cost.route().first().name();
    var share = breakEven.fallbackUsd().divide(usd, MathContext.DECIMAL128);
    return "the fallback of %s at %s is %s of that route's cost; %s"
        .formatted(
            cost.route().name(),
            Words.percent(expected.fallback(), 1),
            Words.percent(share, 0),
            breakEven.paysUntil().signum() <= 0
                ? first + " never pays: the fallback alone costs less"
                : "%s %s until %s of calls fall back"
                    .formatted(
                        first,
                        expected.fallback().compareTo(breakEven.paysUntil()) > 0
                            ? "paid only"
                            : "pays",
                        Words.percent(breakEven.paysUntil(), 0)));
  }

  /// A route that takes a far larger share of the money than of the actions.
  private void weight(RouteCost cost) {
    var actions = costing.worksheet().actions().get(cost.route().workflow());
    var monthly = cost.monthlyUsd();
    if (actions == null || actions == 0 || monthly == null || total == null) {
      return;
    }
    if (total.signum() == 0) {
      return;
    }
    var spend = monthly.divide(total, MathContext.DECIMAL128);
    var share = cost.requests().divide(BigDecimal.valueOf(actions), MathContext.DECIMAL128);
    if (spend.compareTo(WEIGHTY) >= 0 && spend.compareTo(share.multiply(OUT_OF_PROPORTION)) >= 0) {
      say(() ->
          "%s comes in %s of the actions and takes %s of the spend"
              .formatted(cost.route().name(), Words.percent(share, 1), Words.percent(spend, 0)));
    }
  }

  private void edges(RouteCost cost, Target target) {
    var quote = costing.prices().quote(target.model(), cost.route().shape());
    for (var edge : edges(Headroom.of(quote, costing.prices()))) {
      say(() -> "%s on %s: %s".formatted(cost.route().name(), target.name(), edge));
    }
  }

  /// What is worth saying of a call near to an edge, or beyond it.
  static List<String> edges(Headroom headroom) {
    return Stream.of(output(headroom), input(headroom)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> output(Headroom headroom) {
    return headroom.isTooMuchOutput()
        ? Optional.of(
            "%s tokens of output are more than it writes, at most %,d"
                .formatted(Grouped.of(headroom.output()), headroom.mostOutput()))
        : Optional.empty();
  }

  private static Optional<String> input(Headroom headroom) {
    if (headroom.isTooLong()) {
      return Optional.of(
          "%s do not fit: the window less the answer holds %,d"
              .formatted(tokens(headroom), headroom.room()));
    }
    if (headroom.isNearWindow()) {
      return Optional.of(
          "%s are %s of the window less the answer (%,d)"
              .formatted(
                  tokens(headroom),
                  Words.percent(headroom.input(), headroom.room()),
                  headroom.room()));
    }
    if (headroom.passedCliff() != null) {
      return Optional.of(
          "%s are over the price cliff at %,d: every token of the call is dearer"
              .formatted(tokens(headroom), headroom.passedCliff()));
    }
    if (headroom.isNearCliff()) {
      return Optional.of(
          "%s are %s of the way to the price cliff at %,d"
              .formatted(
                  tokens(headroom),
                  Words.percent(headroom.input(), headroom.nextCliff()),
                  headroom.nextCliff()));
    }
    return Optional.empty();
  }

  private static String tokens(Headroom headroom) {
    return Grouped.of(headroom.input()) + " tokens of input";
  }

  private void caching(RouteCost cost) {
    var shape = cost.route().shape();
    var quote = costing.prices().quote(cost.route().first().model(), shape);
    if (!(shape.caching() instanceof Caching.Hits hits) || quote.price() == null) {
      return;
    }
    var above = Headroom.cachingPaysAbove(quote.price().rates(shape.longestInput()), hits.hour());
    if (above != null) {
      say(() ->
          "caching of %s on %s pays above %s hits; it has %s"
              .formatted(
                  cost.route().name(),
                  cost.route().first().name(),
                  Words.percent(above, 1),
                  Words.percent(BigDecimal.valueOf(hits.hitMillionths(), 6), 1)));
    }
  }

  private void chain(RouteCost cost) {
    var whatIf = cost.whatIf();
    var usd = whatIf == null ? null : whatIf.perStartedUsd();
    if (whatIf != null && usd != null) {
      say(() ->
          "by its chain, %s would cost %s for each call started and complete %s; averages are used"
              .formatted(
                  cost.route().name(), Words.usd(usd, 9), Words.percent(whatIf.completed(), 2)));
    } else if (cost.route().isChained()) {
      say(() ->
          "%s is worked out from its chain: %s reach the fallback, %s are completed"
              .formatted(
                  cost.route().name(),
                  Words.percent(cost.expected().fallback(), 2),
                  Words.percent(cost.expected().completed(), 2)));
    }
  }
}
