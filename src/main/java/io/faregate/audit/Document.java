package io.faregate.audit;

import io.faregate.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A report as named fields in a fixed order, in the shapes of JSON: what the API sends, the
/// command line prints and the console shows, so that all three say the same. Money is a decimal
/// string in US dollars or null when unpriced, times are RFC 3339. Built by one thread, then only
/// read.
public final class Document {
  private static final int MILLIONTH_DIGITS = 6;

  private final SequencedMap<String, @Nullable Object> fields;

  /// A document without fields.
  public Document() {
    this(new LinkedHashMap<>());
  }

  private Document(SequencedMap<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /// A document as read from JSON.
  public static Document of(Map<?, ?> fields) {
    var copy = new LinkedHashMap<String, @Nullable Object>();
    fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return new Document(copy);
  }

  /// Adds a word, a whole number or a flag.
  public Document put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /// Adds an amount; null is unpriced.
  public Document money(String name, @Nullable Long nanoUsd) {
    return put(name, nanoUsd == null ? null : Money.usd(nanoUsd));
  }

  /// Adds a time.
  public Document time(String name, @Nullable Instant at) {
    return put(name, at == null ? null : at.toString());
  }

  /// Adds `part / whole` as a number with six places; null when there is no whole.
  public Document share(String name, long part, long whole) {
    return put(
        name,
        whole == 0
            ? null
            : BigDecimal.valueOf(
                Math.floorDiv(Math.addExact(Math.multiplyExact(part, 1_000_000), whole / 2), whole),
                MILLIONTH_DIGITS));
  }

  /// Adds a document inside this one.
  public Document put(String name, @Nullable Document inner) {
    return put(name, inner == null ? null : (Object) inner.fields);
  }

  /// Adds documents inside this one.
  public Document put(String name, List<Document> inner) {
    return put(name, (Object) inner.stream().map(each -> each.fields).toList());
  }

  /// Everything in order, for a writer of JSON.
  public SequencedMap<String, @Nullable Object> fields() {
    return Collections.unmodifiableSequencedMap(fields);
  }

  /// A field as text; null when it is absent or null.
  public @Nullable String text(String name) {
    var value = fields.get(name);
    return value == null ? null : value.toString();
  }

  /// A field as text, or something else in its place.
  public String text(String name, String absent) {
    var text = text(name);
    return text == null ? absent : text;
  }

  /// A field as a whole number; 0 when it is absent or no number.
  public long number(String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /// Whether a field is there and true.
  public boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  /// A document inside this one; empty when it is absent.
  public Document inner(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? of(map) : new Document();
  }

  /// Documents inside this one; none when the field is absent.
  public List<Document> list(String name) {
    var list = new ArrayList<Document>();
    if (fields.get(name) instanceof List<?> values) {
      for (var value : values) {
        if (value instanceof Map<?, ?> map) {
          list.add(of(map));
        }
      }
    }
    return list;
  }

  /// Words inside this one; none when the field is absent.
  public List<String> words(String name) {
    return fields.get(name) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }
}
