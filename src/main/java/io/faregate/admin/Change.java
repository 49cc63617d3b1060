package io.faregate.admin;

import io.faregate.audit.Document;
import io.faregate.money.Money;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The body of a request to change something: a small JSON object. A page of another site cannot
/// send that type without asking first, and nobody answers when it asks.
final class Change {
  private static final int MOST_BYTES = 4_096;
  private static final String JSON_TYPE = "application/json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
      new TypeReference<>() {};

  private Change() {}

  /// Reads the body. Its length must be said, so that no more than that is ever read.
  ///
  /// @throws AdminException if it is of another type, of unknown length or too long
  static Future<Document> read(HttpServerRequest request) {
    var type = request.getHeader("content-type");
    if (type == null || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON_TYPE)) {
      throw new AdminException(
          415,
          "faregate_only_json",
          "a change is a JSON object, and this is " + (type == null ? "of no type" : type),
          "send \"content-type: application/json\"");
    }
    requireShort(request.getHeader("content-length"));
    return request.body().map(Change::parse);
  }

  /// A field that must be there as text.
  static String text(Document change, String field) {
    if (change.fields().get(field) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw bad("\"%s\" is missing, or no text".formatted(field));
  }

  /// A field that must be there as a number from 1.
  static int number(Document change, String field) {
    if (change.fields().get(field) instanceof Integer number && number > 0) {
      return number;
    }
    throw bad("\"%s\" is missing, or no whole number from 1".formatted(field));
  }

  /// A field that must be there as an amount that is not negative; in nano-dollars.
  static long money(Document change, String field) {
    var text = text(change, field);
    try {
      var amount = Money.parse(text);
      if (amount.compareTo(Money.ZERO) >= 0) {
        return amount.nanoUsd();
      }
      throw bad("\"%s\" is negative: %s".formatted(field, text));
    } catch (NumberFormatException unreadable) {
      throw bad("\"%s\" is no amount of dollars: %s".formatted(field, text));
    }
  }

  private static void requireShort(@Nullable String length) {
    if (length == null) {
      throw new AdminException(
          411, "faregate_length_required", "the body is of unknown length", "send content-length");
    }
    // A length of more than nine digits is too long, whatever it says.
    if (length.length() > 9 || Integer.parseInt(length) > MOST_BYTES) {
      throw new AdminException(
          413,
          "faregate_too_large",
          "a change of %s bytes is too large".formatted(length),
          "send at most %d bytes".formatted(MOST_BYTES));
    }
  }

  private static Document parse(Buffer body) {
    try {
      Map<String, @Nullable Object> fields = JSON.readValue(body.getBytes(), FIELDS);
      if (fields != null) {
        return Document.of(fields);
      }
    } catch (JacksonException notJson) {
      // Answered below, as null is.
    }
    throw bad("the body is no JSON object");
  }

  private static AdminException bad(String message) {
    return new AdminException(
        400,
        "faregate_bad_request",
        message,
        "write {\"call\": \"call_...\", \"attempt\": 1, \"cost_usd\": \"0.0123\"}");
  }
}
