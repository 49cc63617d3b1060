package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Worksheet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A worksheet and its scenarios, each worked out.
///
/// @param scenarios by name, in the order in which they were asked for
public record Comparison(Costing plan, SequencedMap<String, Costing> scenarios) {
  public Comparison {
    scenarios = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(scenarios));
  }

  /// Works a worksheet out, and the named scenarios of it.
  ///
  /// @throws IllegalArgumentException if it has no such scenario
  public static Comparison of(Worksheet worksheet, Collection<String> names, Prices prices) {
    var plans = new ArrayList<Worksheet>();
    plans.add(worksheet);
    for (var name : names) {
      var scenario = worksheet.scenarios().get(name);
      if (scenario == null) {
        throw new IllegalArgumentException("no scenario " + name);
      }
      plans.add(worksheet.in(scenario));
    }
    // None needs another one, and a large worksheet takes a while: on all cores.
    var costings = plans.parallelStream().map(plan -> Costing.of(plan, prices)).toList();
    var scenarios = new LinkedHashMap<String, Costing>();
    for (var name : names) {
      scenarios.put(name, costings.get(1 + scenarios.size()));
    }
    return new Comparison(costings.getFirst(), scenarios);
  }

  /// What is different in a scenario.
  public WorksheetDiff diff(String name) {
    return new WorksheetDiff(plan, scenarios.getOrDefault(name, plan));
  }
}
