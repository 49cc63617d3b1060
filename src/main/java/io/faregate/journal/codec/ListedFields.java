package io.faregate.journal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An entry as a CBOR array, read value by value as it is asked for; the names say what is meant
/// and are not looked for. What an older version did not write yet is missing at the end and counts
/// as not there; what a newer one has added there is never asked for.
final class ListedFields implements EntryFields {
  /// Kinds of tokens, and segments of a context.
  private static final int MOST_NUMBERS = 6;

  private static final int UNTIL_END = -1;

  private final CborReader cbor;

  /// How many values are left, or those up to the end.
  private int left;

  /// Enters the list that the reader is at.
  ListedFields(CborReader cbor) {
    this.cbor = cbor;
    this.left = cbor.list();
  }

  @Override
  public @Nullable String textOrNull(String name) {
    return has() ? cbor.text() : null;
  }

  @Override
  public long number(String name) {
    need(name);
    return cbor.number();
  }

  @Override
  public @Nullable Long numberOrNull(String name) {
    return has() ? cbor.number() : null;
  }

  @Override
  public boolean truth(String name) {
    need(name);
    return cbor.truth();
  }

  @Override
  public long @Nullable [] numbersOrNull(String name) {
    if (!has()) {
      return null;
    }
    var numbers = new long[MOST_NUMBERS];
    var list = new ListedFields(cbor);
    for (int count = 0; list.another(); count++) {
      var number = cbor.number();
      if (count < MOST_NUMBERS) {
        numbers[count] = number;
      }
    }
    return numbers;
  }

  @Override
  public List<String> texts(String name) {
    need(name);
    var texts = new ArrayList<String>();
    var list = new ListedFields(cbor);
    while (list.another()) {
      texts.add(cbor.text());
    }
    return List.copyOf(texts);
  }

  @Override
  public <T> List<T> list(String name, Function<EntryFields, T> element) {
    need(name);
    var values = new ArrayList<T>();
    var list = new ListedFields(cbor);
    while (list.another()) {
      var fields = new ListedFields(cbor);
      values.add(element.apply(fields));
      fields.skipRest();
    }
    return List.copyOf(values);
  }

  /// Goes to the next value, and says whether there is one; null counts as none.
  private boolean has() {
    if (!another()) {
      return false;
    }
    if (cbor.atNull()) {
      cbor.skip();
      return false;
    }
    return true;
  }

  private void need(String name) {
    if (!has()) {
      throw EntryFields.missing(name);
    }
  }

  /// Whether the list has another value, which must then be read.
  private boolean another() {
    if (left == UNTIL_END && cbor.ends()) {
      left = 0;
    }
    if (left > 0) {
      left--;
      return true;
    }
    return left == UNTIL_END;
  }

  private void skipRest() {
    while (another()) {
      cbor.skip();
    }
  }
}
