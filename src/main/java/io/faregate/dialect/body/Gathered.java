package io.faregate.dialect.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A body that comes in pieces. One that comes in a single piece, as most do, is never copied.
public final class Gathered {
  private static final byte[] NOTHING = {};
  private static final int MOST_UNPACKED = 32 * 1024 * 1024;

  private final int expected;
  private byte[] bytes = NOTHING;
  private int length;

  /// A body of unknown length.
  public Gathered() {
    this(0);
  }

  /// @param expected about how many bytes will come; a second piece makes room for so many at once
  public Gathered(int expected) {
    this.expected = expected;
  }

  /// Takes the next piece, which belongs to this from now on.
  public void add(byte[] piece) {
    if (length == 0) {
      bytes = piece;
    } else {
      if (bytes.length - length < piece.length) {
        var needed = length + piece.length;
        bytes = Arrays.copyOf(bytes, Math.max(expected, Math.max(needed, 2 * length)));
      }
      System.arraycopy(piece, 0, bytes, length, piece.length);
    }
    length += piece.length;
  }

  /// How many bytes have come.
  public int length() {
    return length;
  }

  /// All that has come; not to be changed.
  public byte[] whole() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /// All that has come, unpacked: some pack what nobody has asked them to pack, errors above all.
  /// What is packed otherwise, broken, or too large when unpacked stays as it came.
  ///
  /// @param encoding that it is said to have, or null for none
  public byte[] whole(@Nullable String encoding) {
    if (!"gzip".equalsIgnoreCase(encoding)) {
      return whole();
    }
    try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(whole()))) {
      var unpacked = unpacking.readNBytes(MOST_UNPACKED + 1);
      return unpacked.length > MOST_UNPACKED ? whole() : unpacked;
    } catch (IOException broken) {
      return whole();
    }
  }
}
