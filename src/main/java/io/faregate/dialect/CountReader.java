package io.faregate.dialect;

/// Reads counts of tokens in passing, which a provider may tell several times: of each the last
/// value holds, and none ever decreases. Source: FORMULAS §1.2.
public final class CountReader {
  /// No answer has as many tokens.
  public static final long ABSURD = 1L << 40;

  private boolean absurd;

  /// The count that the cursor is at; the one before where it is `null`, lower, or cannot be.
  public long last(long before, Cursor cursor) {
    if (cursor.atNull()) {
      return before;
    }
    var count = cursor.number();
    if (count < 0 || count > ABSURD) {
      absurd = true;
      return before;
    }
    return Math.max(before, count);
  }

  /// Whether something stood in place of a count that cannot be one.
  public boolean metAbsurdity() {
    return absurd;
  }
}
