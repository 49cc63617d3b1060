package io.faregate.worksheet.plan;

/// What people cost who step in, in nano-dollars.
///
/// @param perFailureNanoUsd for each action that is never completed
/// @param perCorrectionNanoUsd for each answer that was accepted and wrong
/// @param completesFailed whether they complete the failed actions, so that every action ends well
public record Human(long perFailureNanoUsd, long perCorrectionNanoUsd, boolean completesFailed) {
  /// Nobody steps in.
  public static final Human NONE = new Human(0, 0, false);
}
