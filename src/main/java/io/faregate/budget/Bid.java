package io.faregate.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one attempt asks of the book before it is sent.
///
/// @param call id of the call
/// @param attempt number of the attempt within the call, unique there
/// @param top whether it counts as a call on the top tier for the premium share
/// @param terms what its cost depends on
/// @param at wall time of admission: it picks the windows in which the attempt counts
/// @param callLeftNanoUsd what the client lets the call cost, less what it has cost so far; null if
///   the client does not say
public record Bid(
    String call,
    int attempt,
    Spender spender,
    boolean top,
    Terms terms,
    Instant at,
    @Nullable Long callLeftNanoUsd) {
  /// For a call that may cost whatever the limits leave.
  public Bid(String call, int attempt, Spender spender, boolean top, Terms terms, Instant at) {
    this(call, attempt, spender, top, terms, at, null);
  }
}
