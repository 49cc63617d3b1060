package io.faregate.store.duckdb;

/// Which calls and attempts were stored lately, so that of nearly all others it can be said without
/// a look into the store that they are not there.
///
/// Ids of calls rise with time. What is stored of ids above a floor is remembered here by a hash,
/// in two tables, of which the older one is dropped when the younger one is full and the floor
/// rises. Below the floor, and where two keys have one hash, only a look can tell. The hash has 64
/// bits: with 32, each transaction had a key or two to look up, at a twentieth of its time.
final class RecentKeys {
  private static final int TABLE_BITS = 17;
  private static final int TABLE = 1 << TABLE_BITS;

  /// Keys in one table.
  static final int MOST = TABLE / 2;

  /// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
  private static final long FNV_BASIS = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] older = new long[TABLE];
  private long[] younger = new long[TABLE];
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
    long hash = hash(call, attempt);
    if (younger[place(younger, hash)] == hash) {
      return true;
    }
    var known = older[place(older, hash)] == hash; // asked before the table may be dropped
    remember(call, hash);
    return known;
  }

  private void remember(String call, long hash) {
    if (call.compareTo(highest) > 0) {
      highest = call;
    }
    if (count == MOST) {
      floor = nextFloor;
      nextFloor = highest;
      older = younger;
      younger = new long[TABLE];
      count = 0;
    }
    younger[place(younger, hash)] = hash;
    count++;
  }

  /// Never 0, which marks a free place.
  private static long hash(String call, int attempt) {
    long hash = (FNV_BASIS ^ attempt) * FNV_PRIME;
    for (int i = 0; i < call.length(); i++) {
      hash = (hash ^ call.charAt(i)) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }

  /// Where the hash is, or belongs.
  private static int place(long[] table, long hash) {
    int at = (int) (hash >>> (Long.SIZE - TABLE_BITS));
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) % TABLE;
    }
    return at;
  }
}
