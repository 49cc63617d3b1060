package io.faregate.call;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Makes ids of calls: `call_` and 26 characters of Crockford's base 32, of which the first ten are
/// the milliseconds since 1970 and the rest is chance. Ids sort by time and cannot be guessed.
public final class CallId {
  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final String PREFIX = "call_";
  private static final int TIME_DIGITS = 10;
  private static final int CHANCE_DIGITS = 16;

  private CallId() {}

  /// A new id. The chance should come from a secure source, since ids lead to stored calls.
  public static String next(Instant at, RandomGenerator chance) {
    var id = new char[PREFIX.length() + TIME_DIGITS + CHANCE_DIGITS];
    PREFIX.getChars(0, PREFIX.length(), id, 0);
    write(at.toEpochMilli(), id, PREFIX.length(), TIME_DIGITS);
    write(chance.nextLong(), id, PREFIX.length() + TIME_DIGITS, CHANCE_DIGITS / 2);
    write(
        chance.nextLong(),
        id,
        PREFIX.length() + TIME_DIGITS + CHANCE_DIGITS / 2,
        CHANCE_DIGITS / 2);
    return new String(id);
  }

  private static void write(long number, char[] id, int from, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
      id[from + i] = DIGITS[(int) (number & 31)];
      number >>>= 5;
    }
  }
}
