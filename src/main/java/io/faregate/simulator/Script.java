package io.faregate.simulator;

import io.faregate.simulator.tongue.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Which faults happen to which call. Numbers count the calls of one provider from 0, in order of
/// arrival; the answer depends on the number alone, so a run can be repeated. Markers in the call
/// itself (see [Markers]) add to it. An implementation is called on the provider's event loop.
@FunctionalInterface
public interface Script {
  /// The faults of call `number`; an empty list for a good answer.
  List<Fault> faults(long number);

  /// Every call is answered well.
  static Script none() {
    return _ -> List.of();
  }

  /// Call 0 meets the first fault, call 1 the second; all later calls are answered well.
  static Script of(Fault... faults) {
    List<Fault> inOrder = List.of(faults);
    return number -> number < inOrder.size() ? List.of(inOrder.get((int) number)) : List.of();
  }

  /// Every call meets all of these faults at once.
  static Script always(Fault... faults) {
    List<Fault> all = List.of(faults);
    return _ -> all;
  }

  /// Each call meets at most one fault, with the given probability.
  ///
  /// @throws IllegalArgumentException if a probability is negative or all together exceed 1
  static Script random(long seed, Map<Fault, Double> shares) {
    record Share(Fault fault, double end) {}
    var ends = new ArrayList<Share>();
    double end = 0;
    // A map's order may differ between two runs of the JVM, a record's text does not.
    for (Fault fault :
        shares.keySet().stream().sorted(Comparator.comparing(Fault::toString)).toList()) {
      double share = shares.getOrDefault(fault, 0.0);
      end += share;
      if (!(share >= 0) || end > 1 + 1e-9) {
        throw new IllegalArgumentException("shares of faults must be 0 to 1 in all: " + shares);
      }
      ends.add(new Share(fault, end));
    }
    return number -> {
      double chance = (Text.mix(seed ^ Text.mix(number + 1)) >>> 11) * 0x1p-53;
      for (Share share : ends) {
        if (chance < share.end()) {
          return List.of(share.fault());
        }
      }
      return List.of();
    };
  }
}
