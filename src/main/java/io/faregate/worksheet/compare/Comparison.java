package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Worksheet;
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
    var scenarios = new LinkedHashMap<String, Costing>();
    for (var name : names) {
      var scenario = worksheet.scenarios().get(name);
      if (scenario == null) {
        throw new IllegalArgumentException("no scenario " + name);
      }
      scenarios.put(name, Costing.of(worksheet.in(scenario), prices));
    }
    return new Comparison(Costing.of(worksheet, prices), scenarios);
  }

  /// What is different in a scenario.
  public WorksheetDiff diff(String name) {
    return new WorksheetDiff(plan, scenarios.getOrDefault(name, plan));
  }
}
