package io.faregate.journal.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An entry as a CBOR map, which is how segments of format 1 have it. Nothing writes this any more.
record NamedFields(Map<String, Object> values) implements EntryFields {
  private static final int MOST_DEPTH = 8;

  /// Reads the map that the reader is at.
  static NamedFields read(CborReader cbor) {
    return read(cbor, 0);
  }

  private static NamedFields read(CborReader cbor, int depth) {
    var values = new HashMap<String, Object>();
    for (int left = cbor.map(); another(cbor, left); left--) {
      var name = cbor.text();
      var value = value(cbor, depth);
      if (value != null) {
        values.put(name, value);
      }
    }
    return new NamedFields(values);
  }

  private static @Nullable Object value(CborReader cbor, int depth) {
    if (depth < MOST_DEPTH && cbor.atMap()) {
      return read(cbor, depth + 1);
    }
    if (depth < MOST_DEPTH && cbor.atList()) {
      return list(cbor, depth + 1);
    }
    if (cbor.atText()) {
      return cbor.text();
    }
    if (cbor.atNumber()) {
      return cbor.number();
    }
    if (cbor.atTruth()) {
      return cbor.truth();
    }
    cbor.skip();
    return null;
  }

  private static List<Object> list(CborReader cbor, int depth) {
    var list = new ArrayList<>();
    for (int left = cbor.list(); another(cbor, left); left--) {
      var value = value(cbor, depth);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  /// Below zero says that those up to the end are left.
  private static boolean another(CborReader cbor, int left) {
    return left < 0 ? !cbor.ends() : left > 0;
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
