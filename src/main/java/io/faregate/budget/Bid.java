package io.faregate.budget;

import java.time.Instant;

/// What one attempt asks of the book before it is sent.
///
/// @param call id of the call
/// @param attempt number of the attempt within the call, unique there
/// @param top whether it counts as a call on the top tier for the premium share
/// @param terms what its cost depends on
/// @param at wall time of admission: it picks the windows in which the attempt counts
public record Bid(
    String call, int attempt, Spender spender, boolean top, Terms terms, Instant at) {}
