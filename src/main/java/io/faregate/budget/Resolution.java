package io.faregate.budget;

/// What became of a hold, in nano-dollars.
///
/// @param costNanoUsd spent
/// @param inDoubtNanoUsd stays counted, since nobody knows whether it was spent
/// @param overshootNanoUsd by how much cost and doubt together pass what had been set aside
public record Resolution(long costNanoUsd, long inDoubtNanoUsd, long overshootNanoUsd) {}
