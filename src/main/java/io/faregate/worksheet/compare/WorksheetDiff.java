package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.cost.WorkflowCost;
import io.faregate.worksheet.plan.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is different between two worksheets, or between a worksheet and one of its scenarios.
public record WorksheetDiff(Costing past, Costing next) {

  /// Every route of either, those of the new worksheet first.
  public List<RouteDifference> routes() {
    var before = byKey(past);
    var routes = new ArrayList<RouteDifference>();
    for (var route : next.routes()) {
      routes.add(new RouteDifference(before.remove(route.route().key()), route));
    }
    before.values().forEach(gone -> routes.add(new RouteDifference(gone, null)));
    return routes;
  }

  /// All routes; unknown as soon as one of them is unpriced, for what a sum leaves out may be more
  /// than what is in it.
  public Difference total() {
    return new Difference(
        past.wholeUsd(), next.wholeUsd(), !past.routes().isEmpty(), !next.routes().isEmpty());
  }

  /// The same workflow in the old worksheet.
  public Optional<WorkflowCost> past(WorkflowCost workflow) {
    return past.workflows().stream()
        .filter(other -> other.workflow().equals(workflow.workflow()))
        .findFirst();
  }

  private static Map<Route.Key, RouteCost> byKey(Costing costing) {
    var routes = new LinkedHashMap<Route.Key, RouteCost>();
    costing.routes().forEach(route -> routes.put(route.route().key(), route));
    return routes;
  }
}
