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
  /// What is one route only: names may have a slash, so that two routes can read alike.
  public record Key(String workflow, String step) {}

  /// What tells it from every other route.
  public Key key() {
    return new Key(workflow, step);
  }

  /// The way to it, as people read it: `support/faq`.
  public String name() {
    return workflow + "/" + step;
  }

  /// Whether its figures follow from the chain rather than from averages.
  public boolean isChained() {
    return chain != null && chain.used();
  }
}
