package io.faregate.dialect.body;

import org.jspecify.annotations.Nullable;

/// Free `name=value` pairs of a call for reports, written one after another as far as they fit. A
/// pair that does not fit is left out whole.
public final class Tags {
  private static final int MOST = 1_024;
  private static final int MOST_EACH = 128;

  private final StringBuilder text = new StringBuilder();

  /// Adds what was written by such a hand already; null adds nothing.
  public Tags addAll(@Nullable String pairs) {
    if (pairs != null && !pairs.isBlank()) {
      append(pairs.strip());
    }
    return this;
  }

  /// Adds a pair; one without a value adds nothing.
  public void add(String name, String value) {
    if (!name.isBlank() && !value.isBlank()) {
      var pair = plain(name) + "=" + plain(value);
      append(pair.length() <= MOST_EACH ? pair : pair.substring(0, MOST_EACH));
    }
  }

  /// All of them, or null for none.
  public @Nullable String text() {
    return text.isEmpty() ? null : text.toString();
  }

  private void append(String pair) {
    if (text.length() + 1 + pair.length() <= MOST) {
      text.append(text.isEmpty() ? "" : ",").append(pair);
    }
  }

  /// Without what would end the pair or the line.
  private static String plain(String part) {
    var plain = new StringBuilder(part.length());
    part.chars().forEach(c -> plain.append(c == ',' ? ';' : c < ' ' ? ' ' : (char) c));
    return plain.toString().strip();
  }
}
