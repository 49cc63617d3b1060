package io.faregate.worksheet.cost;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Volume;
import io.faregate.worksheet.plan.Worksheet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A worksheet, worked out. Amounts are dollars for a month.
///
/// @param prices on the day of the worksheet
/// @param totalUsd of the routes that have a price; null when there is none
/// @param humanUsd of the people who step in, for the month; not in the total
public record Costing(
    Worksheet worksheet,
    Prices prices,
    List<RouteCost> routes,
    @Nullable BigDecimal totalUsd,
    BigDecimal humanUsd) {
  public Costing {
    routes = List.copyOf(routes);
  }

  /// Works a worksheet out.
  ///
  /// @param prices of any day: those of the worksheet's are taken
  /// @throws ArithmeticException naming the route, if a call of it costs more than can be counted
  public static Costing of(Worksheet worksheet, Prices prices) {
    var then = prices.on(worksheet.day());
    var routes = new ArrayList<RouteCost>();
    var known = new HashMap<Route.Key, RouteCost>();
    for (var route : worksheet.routes()) {
      var cost = counted(route, worksheet, known, then);
      routes.add(cost);
      known.put(route.key(), cost);
    }
    return new Costing(worksheet, then, routes, sum(routes), humanUsd(routes));
  }

  /// The routes by workflow, in the order of the worksheet.
  public List<WorkflowCost> workflows() {
    var routesOf = new LinkedHashMap<String, List<RouteCost>>();
    for (var route : routes) {
      routesOf.computeIfAbsent(route.route().workflow(), _ -> new ArrayList<>()).add(route);
    }
    return routesOf.entrySet().stream()
        .map(entry ->
            new WorkflowCost(
                entry.getKey(), worksheet.actions().get(entry.getKey()), entry.getValue()))
        .toList();
  }

  /// All routes; null as soon as one of them is unpriced.
  public @Nullable BigDecimal wholeUsd() {
    return unpriced() > 0 ? null : totalUsd;
  }

  /// Routes that no sum contains.
  public long unpriced() {
    return unpriced(routes);
  }

  /// The share of a workflow's calls that reach the dearest tier, at whatever place of their chain;
  /// null without calls.
  public static @Nullable BigDecimal premiumShare(WorkflowCost workflow, Worksheet worksheet) {
    var calls = BigDecimal.ZERO;
    var premium = BigDecimal.ZERO;
    for (var cost : workflow.routes()) {
      calls = calls.add(cost.requests());
      premium = premium.add(cost.requests().multiply(onPremium(cost, worksheet)));
    }
    return Share.ratio(premium, calls);
  }

  private static BigDecimal onPremium(RouteCost cost, Worksheet worksheet) {
    var turns = BigDecimal.valueOf(cost.route().shape().turns());
    return cost.expected().attempts().stream()
        .filter(each -> each.kind() == AttemptKind.FIRST || each.kind() == AttemptKind.FALLBACK)
        .filter(each -> worksheet.isPremium(each.target()))
        .findFirst()
        .map(each -> each.attempts().divide(turns, Share.DIGITS))
        .orElse(BigDecimal.ZERO);
  }

  static BigDecimal humanUsd(Collection<RouteCost> routes) {
    return routes.stream().map(RouteCost::humanMonthlyUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static @Nullable BigDecimal sum(Collection<RouteCost> routes) {
    BigDecimal sum = null;
    for (var route : routes) {
      var usd = route.monthlyUsd();
      sum = usd == null ? sum : sum == null ? usd : sum.add(usd);
    }
    return sum;
  }

  static long unpriced(Collection<RouteCost> routes) {
    return routes.stream().filter(route -> route.monthlyUsd() == null).count();
  }

  private static RouteCost counted(
      Route route, Worksheet worksheet, Map<Route.Key, RouteCost> known, Prices prices) {
    try {
      return cost(route, worksheet, known, prices);
    } catch (ArithmeticException overflow) {
      var named = "a call or conversation of %s costs more than $9 billion".formatted(route.name());
      throw (ArithmeticException) new ArithmeticException(named).initCause(overflow);
    }
  }

  private static RouteCost cost(
      Route route, Worksheet worksheet, Map<Route.Key, RouteCost> known, Prices prices) {
    var requests =
        switch (route.volume()) {
          case Volume.Stated stated -> BigDecimal.valueOf(stated.requests());
          case Volume.OfActions share ->
              BigDecimal.valueOf(worksheet.actions().getOrDefault(route.workflow(), 0L))
                  .multiply(Share.of(share.millionths()));
          case Volume.OfStep share ->
              calls(Objects.requireNonNull(known.get(share.above(route))), share);
        };
    var chain = route.chain();
    var chained = chain == null ? null : Chained.of(route, chain, prices);
    return chained != null && route.isChained()
        ? new RouteCost(route, requests, chained, null, worksheet.human())
        : new RouteCost(route, requests, Averages.of(route, prices), chained, worksheet.human());
  }

  private static BigDecimal calls(RouteCost above, Volume.OfStep share) {
    var calls =
        switch (share.outcome()) {
          case STARTED -> above.requests();
          case COMPLETED -> above.requests().subtract(above.failed());
          case FAILED -> above.failed();
        };
    return calls.multiply(Share.of(share.millionths()), Share.DIGITS);
  }
}
