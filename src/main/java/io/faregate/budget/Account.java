package io.faregate.budget;

import io.faregate.call.Reason;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// One limit in its current window. Windows roll forward only: an instant before the current window
/// counts in it. Not thread-safe; the book guards it.
final class Account {
  private final Limit limit;
  private final Reason reason;
  private final ZoneId zone;
  private @Nullable Long limitNanoUsd;
  private Tally tally;

  /// @param reason why a call that does not fit goes elsewhere
  /// @param at an instant of the first window
  Account(Limit limit, Reason reason, ZoneId zone, Instant at) {
    this.limit = limit;
    this.reason = reason;
    this.zone = zone;
    this.tally = new Tally(limit.period().window(zone, at));
  }

  Limit limit() {
    return limit;
  }

  Reason reason() {
    return reason;
  }

  boolean limited() {
    return limitNanoUsd != null;
  }

  void limitTo(@Nullable Long nanoUsd) {
    limitNanoUsd = nanoUsd;
  }

  /// The sums of the window in which an instant counts.
  Tally tally(Instant at) {
    if (!at.isBefore(tally.window.to())) {
      tally = new Tally(limit.period().window(zone, at));
    }
    return tally;
  }

  /// The sums of the current window.
  Tally tally() {
    return tally;
  }

  /// What can still be held: nothing after an overshoot or under a limit that was lowered, and
  /// without a limit what the sums have room for.
  long leftNanoUsd() {
    var most = limitNanoUsd == null ? Long.MAX_VALUE : limitNanoUsd;
    return Math.max(0, most - tally.usedNanoUsd());
  }

  /// Whether its sums still matter: something is held, or was spent in a window that runs.
  boolean used(Instant now) {
    return tally.heldNanoUsd > 0 || (tally.usedNanoUsd() > 0 && now.isBefore(tally.window.to()));
  }

  /// As it stands at an instant. A look does not roll the window.
  LimitState state(Instant now) {
    var shown =
        now.isBefore(tally.window.to()) ? tally : new Tally(limit.period().window(zone, now));
    return new LimitState(
        limit,
        shown.window,
        limitNanoUsd,
        shown.spentNanoUsd,
        shown.heldNanoUsd,
        shown.inDoubtNanoUsd);
  }

  /// The sums of one window. A hold keeps those that it was taken in, so that an attempt which ends
  /// after the window has passed does not touch the next one.
  static final class Tally {
    private final Window window;
    private long spentNanoUsd;
    private long heldNanoUsd;
    private long inDoubtNanoUsd;

    private Tally(Window window) {
      this.window = window;
    }

    boolean covers(Instant at) {
      return window.contains(at);
    }

    private long usedNanoUsd() {
      return LimitState.sum(LimitState.sum(spentNanoUsd, heldNanoUsd), inDoubtNanoUsd);
    }

    void hold(long nanoUsd) {
      heldNanoUsd = Math.addExact(heldNanoUsd, nanoUsd);
    }

    void unhold(long nanoUsd) {
      if (nanoUsd > heldNanoUsd) {
        throw new IllegalStateException("%d released of %d".formatted(nanoUsd, heldNanoUsd));
      }
      heldNanoUsd -= nanoUsd;
    }

    void charge(long costNanoUsd, long inDoubtNanoUsd) {
      spentNanoUsd = LimitState.sum(spentNanoUsd, costNanoUsd);
      this.inDoubtNanoUsd = LimitState.sum(this.inDoubtNanoUsd, inDoubtNanoUsd);
    }

    /// Takes back what was in doubt, down to nothing.
    void clear(long inDoubtNanoUsd) {
      this.inDoubtNanoUsd = Math.max(0, this.inDoubtNanoUsd - inDoubtNanoUsd);
    }
  }
}
