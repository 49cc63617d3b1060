package io.faregate.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A SHA-256.
final class Digest {
  static final int BYTES = 32;

  /// The digest of a segment that nobody has computed yet.
  static final Digest NONE = new Digest(new byte[BYTES]);

  private final byte[] bytes;

  Digest(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// The digest of the first bytes of a segment.
  static Digest of(ByteBuffer segment, int end) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(segment.slice(0, end));
      return new Digest(sha.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
