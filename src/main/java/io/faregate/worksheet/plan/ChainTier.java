package io.faregate.worksheet.plan;

/// A tier of a chain as probabilities, in millionths. Source: FORMULAS §2.2.
///
/// @param failed attempts that fail in a way that a retry may mend
/// @param retries at most
/// @param rejected answers that are not good enough
public record ChainTier(Target target, long failed, int retries, long rejected) {
  public ChainTier {
    if (failed < 0 || failed > Odds.ALL || rejected < 0 || rejected > Odds.ALL || retries < 0) {
      throw new IllegalArgumentException(
          "not a tier of a chain: %d failed, %d retries, %d rejected"
              .formatted(failed, retries, rejected));
    }
  }
}
