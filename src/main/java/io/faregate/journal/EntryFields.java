package io.faregate.journal;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.ledger.Dimensions;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The fields of one CBOR map by name: texts, whole numbers, truths, lists and maps. Fields that
/// nobody asks for, as a newer version may have written, do no harm.
record EntryFields(Map<String, Object> values) {
  /// Reads the map that the parser is about to enter.
  static EntryFields read(JsonParser cbor) {
    cbor.nextToken();
    return map(cbor);
  }

  private static EntryFields map(JsonParser cbor) {
    var values = new HashMap<String, Object>();
    for (var name = cbor.nextName(); name != null; name = cbor.nextName()) {
      cbor.nextToken();
      var value = value(cbor);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new EntryFields(values);
  }

  private static @Nullable Object value(JsonParser cbor) {
    return switch (cbor.currentToken()) {
      case START_OBJECT -> map(cbor);
      case START_ARRAY -> list(cbor);
      case VALUE_STRING -> cbor.getString();
      case VALUE_NUMBER_INT -> cbor.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<Object> list(JsonParser cbor) {
    var list = new ArrayList<>();
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      var value = value(cbor);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private Object needed(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new JournalException("an entry of the journal has no field \"" + name + "\"");
    }
    return value;
  }

  String text(String name) {
    return (String) needed(name);
  }

  @Nullable String textOrNull(String name) {
    return (String) values.get(name);
  }

  long number(String name) {
    return (Long) needed(name);
  }

  int count(String name) {
    return Math.toIntExact(number(name));
  }

  @Nullable Long numberOrNull(String name) {
    return (Long) values.get(name);
  }

  boolean truth(String name) {
    return (Boolean) needed(name);
  }

  Instant instant(String name) {
    return Instant.EPOCH.plus(number(name), ChronoUnit.MICROS);
  }

  @Nullable LocalDate dayOrNull(String name) {
    var day = numberOrNull(name);
    return day == null ? null : LocalDate.ofEpochDay(day);
  }

  <E extends Enum<E>> E word(String name, Class<E> type) {
    return Enum.valueOf(type, text(name));
  }

  <E extends Enum<E>> @Nullable E wordOrNull(String name, Class<E> type) {
    var text = textOrNull(name);
    return text == null ? null : Enum.valueOf(type, text);
  }

  ModelId model() {
    return new ModelId(text("provider"), text("model"));
  }

  @Nullable ModelId modelOrNull() {
    return values.containsKey("provider") ? model() : null;
  }

  Dimensions dimensions() {
    return new Dimensions(
        text("key"), text("plan"), textOrNull("workflow"), textOrNull("step"), text("task"));
  }

  Segments segments() {
    var tokens = (List<?>) needed("tokens");
    return new Segments(
        part(tokens, 0),
        part(tokens, 1),
        part(tokens, 2),
        part(tokens, 3),
        part(tokens, 4),
        part(tokens, 5));
  }

  @Nullable Usage usageOrNull() {
    if (!(values.get("usage") instanceof List<?> usage)) {
      return null;
    }
    return new Usage(
        part(usage, 0),
        part(usage, 1),
        part(usage, 2),
        part(usage, 3),
        part(usage, 4),
        part(usage, 5));
  }

  private static long part(List<?> numbers, int index) {
    return (Long) numbers.get(index);
  }

  <T> List<T> list(String name, Function<Object, T> element) {
    return ((List<?>) needed(name)).stream().map(value -> element.apply((Object) value)).toList();
  }
}
