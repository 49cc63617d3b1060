package io.faregate.dialect;

import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/// Walks over a JSON document of bytes and knows where each value stands. Nothing is bound, and
/// what is skipped is not decoded. Bounded: 64 levels of nesting, and the length that the caller
/// allows.
public final class Cursor implements AutoCloseable {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING = 64 * 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // The usual pool is one queue that all event loops share.
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(64)
                  .maxNameLength(1_000)
                  .build())
          .build();

  private final byte[] bytes;
  private final int from;
  private final JsonParser parser;
  private int nameStart;

  /// @throws DialectException if the bytes do not begin as an object in UTF-8
  public Cursor(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.from = from;
    // Jackson would guess UTF-16 or UTF-32 from zero bytes or a mark, and the offsets would lie.
    if (length > 1 && (bytes[from] == 0 || bytes[from + 1] == 0 || (bytes[from] & 0xfe) == 0xfe)) {
      throw new DialectException("the body is not JSON in UTF-8", (String) null);
    }
    this.parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, length);
  }

  /// @throws DialectException if the bytes do not begin as an object in UTF-8
  public Cursor(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// Reads an object as a whole document.
  ///
  /// @param member is called at the value of each member, which it must consume
  public void document(Consumer<String> member) {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DialectException("the body must be a JSON object", (String) null);
      }
      members(member);
      if (parser.nextToken() != null) {
        throw new DialectException("there is more than one JSON value in the body", (String) null);
      }
    } catch (JacksonException notJson) {
      throw new DialectException("the body is not valid JSON" + place(notJson), notJson);
    }
  }

  /// Calls back at the value of each member of the object that the cursor is at.
  public void members(Consumer<String> member) {
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      nameStart = start();
      parser.nextToken();
      member.accept(name);
    }
  }

  /// Where the name of the member begins whose value the cursor has just come to.
  public int nameStart() {
    return nameStart;
  }

  /// Calls back at each element of the array that the cursor is at.
  public void elements(Runnable element) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  /// The first byte of the value that the cursor is at.
  public int start() {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  /// Steps over the value that the cursor is at.
  public void skip() {
    parser.skipChildren();
  }

  /// The first byte after the value that has been read.
  public int end() {
    parser.finishToken();
    return from + (int) parser.currentLocation().getByteOffset();
  }

  /// Whether the value is an object.
  public boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /// Whether the value is an array.
  public boolean atArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /// Whether the value is a string.
  public boolean atString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /// Whether the value is `null`.
  public boolean atNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /// Whether the value is `true`.
  public boolean atTrue() {
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  /// The string that the cursor is at; an empty one, after stepping over it, for anything else.
  public String string() {
    if (atString()) {
      return parser.getString();
    }
    parser.skipChildren();
    return "";
  }

  /// The whole number that the cursor is at; -1, after stepping over it, for anything else.
  /// Fractions of zero are whole, since some providers count in floating point.
  public long number() {
    var token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getBigIntegerValue().bitLength() < 63 ? parser.getLongValue() : -1;
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      var value = parser.getDoubleValue();
      return value >= 0 && value < 1e15 && value == Math.rint(value) ? (long) value : -1;
    }
    parser.skipChildren();
    return -1;
  }

  /// The number that the cursor is at; null, after stepping over it, for anything else and for one
  /// beyond the range of a double, whose digits could fill the memory.
  public @Nullable BigDecimal decimal() {
    if (!parser.currentToken().isNumeric()) {
      parser.skipChildren();
      return null;
    }
    var value = parser.getDoubleValue();
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
  }

  /// The bytes that the cursor walks over.
  public byte[] bytes() {
    return bytes;
  }

  private static String place(JacksonException problem) {
    var location = problem.getLocation();
    return location == null || location.getByteOffset() < 0
        ? ""
        : " near byte " + location.getByteOffset();
  }

  @Override
  public void close() {
    parser.close();
  }
}
