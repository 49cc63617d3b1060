package io.faregate.dialect.translate.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.DialectException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as a tree, for bodies that are written anew: bounded to 64 levels, numbers exact, and never
/// an exception but [DialectException]. What is missing reads as empty.
public final class Tree {
  private static final int MAX_STRING = 64 * 1024 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(MAX_STRING)
                          .maxNumberLength(64)
                          .maxNameLength(1_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Tree() {}

  /// An empty object.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// An empty array.
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// A string.
  public static JsonNode string(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  /// Reads an object.
  ///
  /// @throws DialectException if it is none
  public static ObjectNode parse(byte[] bytes, int from, int length) {
    try {
      if (JSON.readTree(bytes, from, length) instanceof ObjectNode object) {
        return object;
      }
      throw new DialectException("the body must be a JSON object", (String) null);
    } catch (JacksonException | NumberFormatException notJson) {
      // The second is what the library says to an exponent beyond all bounds.
      throw new DialectException("the body is not valid JSON", notJson);
    }
  }

  /// Reads an object.
  ///
  /// @throws DialectException if it is none
  public static ObjectNode parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  /// Reads an object; an empty one if it is none, as a proxy's page is.
  public static ObjectNode parseOrEmpty(byte[] bytes) {
    try {
      return parse(bytes);
    } catch (DialectException notJson) {
      return object();
    }
  }

  /// Reads the arguments of a tool; none at all are an empty object.
  ///
  /// @param param the field in which they stand
  /// @throws DialectException if they are no object
  public static ObjectNode arguments(String text, String param) {
    try {
      if (text.isBlank()) {
        return object();
      }
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException | NumberFormatException notJson) {
      throw new DialectException(param + " must be a JSON object in a string", param);
    }
    throw new DialectException(param + " must be a JSON object in a string", param);
  }

  /// Compact JSON.
  public static String text(JsonNode node) {
    return JSON.writeValueAsString(node);
  }

  /// Compact JSON in UTF-8; half a surrogate pair, which has no bytes, becomes a question mark.
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(UTF_8);
  }

  /// A string member; empty if it is missing or something else.
  public static String string(JsonNode object, String name) {
    var value = object.path(name);
    return value.isString() ? value.stringValue() : "";
  }

  /// A string member, or null if it is missing, empty or something else.
  public static @Nullable String stringOrNull(JsonNode object, String name) {
    var value = string(object, name);
    return value.isEmpty() ? null : value;
  }

  /// An object member; an empty one if it is missing or something else.
  public static ObjectNode object(JsonNode parent, String name) {
    return parent.path(name) instanceof ObjectNode object ? object : object();
  }

  /// An array member; an empty one if it is missing or something else.
  public static ArrayNode array(JsonNode parent, String name) {
    return parent.path(name) instanceof ArrayNode array ? array : array();
  }

  /// A string that must be one.
  public static String wantString(String field, JsonNode value) {
    if (!value.isString()) {
      throw new DialectException(field + " must be a string", field);
    }
    return value.stringValue();
  }

  /// A whole number that must be one, and not negative.
  public static long count(String field, JsonNode value) {
    var number = decimal(field, value);
    if (number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw new DialectException(field + " must be a whole number", field);
    }
    return number.longValue();
  }

  /// A number that must be one, within the range of a double.
  public static BigDecimal decimal(String field, JsonNode value) {
    var number = value.isNumber() ? value.decimalValue() : null;
    if (number == null || !Double.isFinite(number.doubleValue())) {
      throw new DialectException(field + " must be a number", field);
    }
    return number;
  }

  /// A truth value that must be one.
  public static boolean flag(String field, JsonNode value) {
    if (!value.isBoolean()) {
      throw new DialectException(field + " must be true or false", field);
    }
    return value.booleanValue();
  }

  /// An object that must be one.
  public static ObjectNode wantObject(String field, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new DialectException(field + " must be an object", field);
  }

  /// An array that must be one.
  public static ArrayNode wantArray(String field, JsonNode value) {
    if (value instanceof ArrayNode array) {
      return array;
    }
    throw new DialectException(field + " must be an array", field);
  }
}
