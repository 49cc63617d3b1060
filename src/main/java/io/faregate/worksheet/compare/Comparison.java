package io.faregate.worksheet.compare;

import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.plan.Worksheet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/// A worksheet and its scenarios, each worked out. A large worksheet takes a while: its scenarios
/// are worked out on all cores, and whoever asks for the plan does not wait for them.
public final class Comparison {
  private final Costing plan;
  private final SequencedMap<String, CompletableFuture<Costing>> scenarios;

  private Comparison(Costing plan, SequencedMap<String, CompletableFuture<Costing>> scenarios) {
    this.plan = plan;
    this.scenarios = scenarios;
  }

  /// Works a worksheet out, and the named scenarios of it.
  ///
  /// @throws IllegalArgumentException if it has no such scenario
  /// @throws ArithmeticException if a call of it costs more than can be counted
  public static Comparison of(Worksheet worksheet, Collection<String> names, Prices prices) {
    var scenarios = new LinkedHashMap<String, CompletableFuture<Costing>>();
    for (var name : names) {
      var scenario = worksheet.scenarios().get(name);
      if (scenario == null) {
        throw new IllegalArgumentException("no scenario " + name);
      }
      scenarios.put(
          name, CompletableFuture.supplyAsync(() -> Costing.of(worksheet.in(scenario), prices)));
    }
    return new Comparison(Costing.of(worksheet, prices), scenarios);
  }

  /// The worksheet itself.
  public Costing plan() {
    return plan;
  }

  /// The scenarios by name, in the order in which they were asked for. Waits until the last of them
  /// is worked out.
  ///
  /// @throws java.util.concurrent.CompletionException if a share would pass 100% in one, which
  ///   whoever read the worksheet has refused, or a call costs more than can be counted
  public SequencedMap<String, Costing> scenarios() {
    var costings = new LinkedHashMap<String, Costing>();
    scenarios.forEach((name, costing) -> costings.put(name, costing.join()));
    return Collections.unmodifiableSequencedMap(costings);
  }

  /// What is different in a scenario.
  public WorksheetDiff diff(String name) {
    var scenario = scenarios.get(name);
    return new WorksheetDiff(plan, scenario == null ? plan : scenario.join());
  }
}
