package io.faregate.journal.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// An entry as a CBOR map, which is how segments of format 1 have it. Nothing writes this any more.
record NamedFields(Map<String, Object> values) implements EntryFields {
  /// Reads the map that the parser has just entered.
  static NamedFields read(JsonParser cbor) {
    var values = new HashMap<String, Object>();
    for (var name = cbor.nextName(); name != null; name = cbor.nextName()) {
      cbor.nextToken();
      var value = value(cbor);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new NamedFields(values);
  }

  private static @Nullable Object value(JsonParser cbor) {
    return switch (cbor.currentToken()) {
      case START_OBJECT -> read(cbor);
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
      throw EntryFields.missing(name);
    }
    return value;
  }

  @Override
  public @Nullable String textOrNull(String name) {
    return (String) values.get(name);
  }

  @Override
  public long number(String name) {
    return (Long) needed(name);
  }

  @Override
  public @Nullable Long numberOrNull(String name) {
    return (Long) values.get(name);
  }

  @Override
  public boolean truth(String name) {
    return (Boolean) needed(name);
  }

  @Override
  public long @Nullable [] numbersOrNull(String name) {
    return values.get(name) instanceof List<?> numbers
        ? numbers.stream().mapToLong(number -> (Long) number).toArray()
        : null;
  }

  @Override
  public List<String> texts(String name) {
    return ((List<?>) needed(name)).stream().map(text -> (String) text).toList();
  }

  @Override
  public <T> List<T> list(String name, Function<EntryFields, T> element) {
    return ((List<?>) needed(name))
        .stream().map(fields -> element.apply((NamedFields) fields)).toList();
  }
}
