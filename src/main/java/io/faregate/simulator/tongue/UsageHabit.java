package io.faregate.simulator.tongue;

/// How a provider reports usage.
public enum UsageHabit {
  /// As its dialect says.
  USUAL,
  /// Never.
  MISSING,
  /// With every event of a stream that has content, each time all so far.
  CUMULATIVE,
  /// Before the event that tells why the answer ended, and not after it.
  EARLY,
  /// With every event, and at the end less than before.
  DECREASING,
  /// No output tokens, whatever was said.
  ZERO,
  /// Output tokens of -1.
  NEGATIVE,
  /// Output tokens of 2⁶³, which no `long` holds.
  ABSURD
}
