package io.faregate.store.duckdb;

/// Which calls and attempts were stored lately, so that of nearly all others it can be said without
/// a look into the store that they are not there.
///
/// Ids of calls rise with time. What is stored of ids above a floor is remembered here by a hash,
/// in two tables, of which the older one is dropped when the younger one is full and the floor
/// rises. Below the floor, and where two keys have one hash, only a look can tell.
final class RecentKeys {
  private static final int TABLE_BITS = 17;
  private static final int TABLE = 1 << TABLE_BITS;

  /// Keys in one table.
  static final int MOST = TABLE / 2;

  private int[] older = new int[TABLE];
  private int[] younger = new int[TABLE];
  private int count;
  private String floor;
  private String nextFloor;
  private String highest;

  /// Knows nothing yet.
  ///
  /// @param highest the highest id of a call of which anything is stored
  RecentKeys(String highest) {
    this.floor = highest;
    this.nextFloor = highest;
    this.highest = highest;
  }

  /// Whether this may be stored already; it is remembered, for now it will be.
  ///
  /// @param attempt its number, or 0 for the call itself
  boolean mayBeStored(String call, int attempt) {
    if (call.compareTo(floor) <= 0) {
      return true;
    }
    int hash = hash(call, attempt);
    if (younger[place(younger, hash)] == hash) {
      return true;
    }
    var known = older[place(older, hash)] == hash; // asked before the table may be dropped
    remember(call, hash);
    return known;
  }

  private void remember(String call, int hash) {
    if (call.compareTo(highest) > 0) {
      highest = call;
    }
    if (count == MOST) {
      floor = nextFloor;
      nextFloor = highest;
      older = younger;
      younger = new int[TABLE];
      count = 0;
    }
    younger[place(younger, hash)] = hash;
    count++;
  }

  /// Never 0, which marks a free place.
  private static int hash(String call, int attempt) {
    int hash = (call.hashCode() * 31 + attempt) * 0x9E3779B9;
    return hash == 0 ? 1 : hash;
  }

  /// Where the hash is, or belongs.
  private static int place(int[] table, int hash) {
    int at = hash >>> (Integer.SIZE - TABLE_BITS);
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) % TABLE;
    }
    return at;
  }
}
