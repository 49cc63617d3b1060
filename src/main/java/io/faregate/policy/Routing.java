package io.faregate.policy;

import io.faregate.call.Rule;
import java.util.List;

/// What the router says of a call: where it goes, or why it goes nowhere.
public sealed interface Routing permits Decision, Refusal {
  /// Every rule that was looked at, in order.
  List<Rule> rules();
}
