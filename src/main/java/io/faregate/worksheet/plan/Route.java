package io.faregate.worksheet.plan;

import org.jspecify.annotations.Nullable;

/// A row of a worksheet: one kind of call, how often it comes, and where it goes.
///
/// @param fallback null where there is none
/// @param overheadNanoUsd fixed cost of each call, whatever happens
/// @param chain null where only averages are known
public record Route(
    String workflow,
    String step,
    Volume volume,
    Target first,
    @Nullable Target fallback,
    Shape shape,
    Odds odds,
    @Nullable Check check,
    long overheadNanoUsd,
    @Nullable ChainPlan chain,
    Basis basis) {
  /// The way to it, as `support/faq`.
  public String name() {
    return workflow + "/" + step;
  }

  /// Whether its figures follow from the chain rather than from averages.
  public boolean isChained() {
    return chain != null && chain.used();
  }
}
