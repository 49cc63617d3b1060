package io.faregate.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The text of a key, as its holder sends it: `fg_`, 43 digits of 256 random bits and 6 of a
/// checksum, all in base 62. The checksum tells a typo from a key that is not known here, without
/// looking anything up. The text has no text form, so that it cannot slip into a message or a log:
/// who needs it says [#reveal].
public final class KeyText {
  /// How every key of a gateway begins.
  public static final String PREFIX = "fg_";

  private static final int SECRET_BYTES = 32;
  private static final int SECRET_DIGITS = 43;
  private static final int CHECK_DIGITS = 6;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(DIGITS.length());

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final List<String> PROVIDERS = List.of("sk-", "gsk_", "xai-", "AIza");

  private final String text;

  private KeyText(String text) {
    this.text = text;
  }

  /// What a credential looks like, whoever may know it.
  public enum Shape {
    /// A key of a gateway, complete and without a typo.
    WHOLE,
    /// The beginning of a key, but not the checksum of one.
    DAMAGED,
    /// The hash of something, which opens nothing.
    HASH,
    /// A key for a provider.
    PROVIDERS,
    /// None of these.
    OTHER
  }

  /// Makes a key.
  ///
  /// @param chance where a stranger cannot guess it
  public static KeyText made(RandomGenerator chance) {
    var secret = new byte[SECRET_BYTES];
    chance.nextBytes(secret);
    var body = PREFIX + digits(new BigInteger(1, secret), SECRET_DIGITS);
    return new KeyText(body + check(body));
  }

  /// What a text looks like.
  public static Shape shapeOf(String text) {
    if (text.startsWith(PREFIX)) {
      return isWhole(text) ? Shape.WHOLE : Shape.DAMAGED;
    }
    if (HASH.matcher(text).matches()) {
      return Shape.HASH;
    }
    return PROVIDERS.stream().anyMatch(text::startsWith) ? Shape.PROVIDERS : Shape.OTHER;
  }

  /// The SHA-256 of a text, in lower-case hex, as configurations hold it.
  public static String sha256(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /// The key itself.
  public String reveal() {
    return text;
  }

  /// Its hash.
  public String sha256() {
    return sha256(text);
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }

  private static boolean isWhole(String text) {
    int body = PREFIX.length() + SECRET_DIGITS;
    return text.length() == body + CHECK_DIGITS
        && text.substring(body).equals(check(text.substring(0, body)));
  }

  private static String check(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(UTF_8));
    return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
  }

  private static String digits(BigInteger number, int count) {
    var digits = new char[count];
    var rest = number;
    for (int i = count - 1; i >= 0; i--) {
      var split = rest.divideAndRemainder(RADIX);
      digits[i] = DIGITS.charAt(split[1].intValue());
      rest = split[0];
    }
    return new String(digits);
  }
}
