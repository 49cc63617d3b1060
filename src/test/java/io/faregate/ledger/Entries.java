package io.faregate.ledger;

import java.util.List;

/// Stretches of a journal that is not there.
public final class Entries {
  private Entries() {}

  /// These entries, and the position behind them.
  public static EntrySource of(List<? extends Entry> entries, Position position) {
    return each -> {
      entries.forEach(each);
      return position;
    };
  }
}
