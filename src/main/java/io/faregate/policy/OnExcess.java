package io.faregate.policy;

/// What becomes of a call whose input is over a limit of tokens.
public enum OnExcess {
  /// The oldest turns are dropped until it fits; what else is over is refused.
  TRIM_HISTORY,
  /// The call is refused, with the segment and by how much.
  REFUSE
}
