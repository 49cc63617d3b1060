package io.faregate.budget;

import org.jspecify.annotations.Nullable;

/// The premium credit of one workflow, in millionths of a call. Calls are counted even while the
/// share is not limited. Not thread-safe; the book guards it.
final class Share {
  /// What a call on the top tier takes.
  private static final long CALL = 1_000_000;

  private final @Nullable String workflow;
  private @Nullable Long shareMillionths;
  private long mostMillionths;
  private long creditMillionths;
  private long calls;
  private long premiumCalls;

  /// @param workflow null for the calls without one
  Share(@Nullable String workflow) {
    this.workflow = workflow;
  }

  /// The share of a workflow that the policy lacks, as it was saved, until that has it again.
  static Share vanished(PremiumState saved) {
    var share = new Share(saved.workflow());
    share.limitTo(CALL, Integer.MAX_VALUE);
    share.restore(saved);
    return share;
  }

  /// Takes another share and burst. A share that was not there, or was zero, starts with the whole
  /// burst.
  ///
  /// @param share in millionths; null does not limit, zero leaves no credit at all
  void limitTo(@Nullable Long share, int burst) {
    var most = share == null || share == 0 ? 0 : Math.multiplyExact(CALL, (long) burst);
    var starts = shareMillionths == null || shareMillionths == 0;
    creditMillionths = starts ? most : Math.min(creditMillionths, most);
    mostMillionths = most;
    shareMillionths = share;
  }

  /// Takes over a saved state.
  void restore(PremiumState saved) {
    calls = saved.calls();
    premiumCalls = saved.premiumCalls();
    creditMillionths = Math.min(saved.creditMillionths(), mostMillionths);
  }

  /// Whether it differs from a new one: a call has earned or taken some of it.
  boolean called() {
    return calls > 0;
  }

  /// Whether a call may go to the top tier.
  ///
  /// @param first whether it is yet to earn its share
  boolean allows(boolean first) {
    return shareMillionths == null || (first ? earned() : creditMillionths) >= CALL;
  }

  /// Counts an admitted call, which earns its share.
  void admit() {
    calls++;
    creditMillionths = earned();
  }

  /// Counts a call on the top tier, after [#allows]; returns the credit that it took.
  long take() {
    premiumCalls++;
    if (shareMillionths == null) {
      return 0;
    }
    creditMillionths -= CALL;
    return CALL;
  }

  /// Another tier served a call that had gone to the top.
  ///
  /// @param takenMillionths what it took
  void giveBack(long takenMillionths) {
    premiumCalls--;
    creditMillionths = Math.min(creditMillionths + takenMillionths, mostMillionths);
  }

  /// The credit that is left, or null when the share is not limited.
  @Nullable Long creditMillionths() {
    return shareMillionths == null ? null : Long.valueOf(creditMillionths);
  }

  /// As it stands, or null when the share is not limited.
  @Nullable PremiumState state() {
    return shareMillionths == null
        ? null
        : new PremiumState(workflow, shareMillionths, calls, premiumCalls, creditMillionths);
  }

  private long earned() {
    var share = shareMillionths == null ? 0 : shareMillionths;
    return Math.min(creditMillionths + share, mostMillionths);
  }
}
