package io.faregate.journal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// An entry as a CBOR array, read value by value as it is asked for; the names say what is meant
/// and are not looked for. What an older version did not write yet is missing at the end and counts
/// as not there; what a newer one has added there is never asked for.
final class ListedFields implements EntryFields {
  /// Kinds of tokens, and segments of a context.
  private static final int MOST_NUMBERS = 6;

  private final JsonParser cbor;
  private boolean over;

  /// Reads the array that the parser has just entered.
  ListedFields(JsonParser cbor) {
    this.cbor = cbor;
  }

  @Override
  public @Nullable String textOrNull(String name) {
    return find(JsonToken.VALUE_STRING, name) ? cbor.getString() : null;
  }

  @Override
  public long number(String name) {
    need(JsonToken.VALUE_NUMBER_INT, name);
    return cbor.getLongValue();
  }

  @Override
  public @Nullable Long numberOrNull(String name) {
    return find(JsonToken.VALUE_NUMBER_INT, name) ? cbor.getLongValue() : null;
  }

  @Override
  public boolean truth(String name) {
    var token = next();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    throw unexpected(token, name);
  }

  @Override
  public long @Nullable [] numbersOrNull(String name) {
    if (!find(JsonToken.START_ARRAY, name)) {
      return null;
    }
    var numbers = new long[MOST_NUMBERS];
    for (int count = 0; another(); count++) {
      if (count < MOST_NUMBERS) {
        numbers[count] = cbor.getLongValue();
      }
    }
    return numbers;
  }

  @Override
  public List<String> texts(String name) {
    need(JsonToken.START_ARRAY, name);
    var texts = new ArrayList<String>();
    while (another()) {
      texts.add(cbor.getString());
    }
    return List.copyOf(texts);
  }

  @Override
  public <T> List<T> list(String name, Function<EntryFields, T> element) {
    need(JsonToken.START_ARRAY, name);
    var list = new ArrayList<T>();
    while (another()) {
      var fields = new ListedFields(cbor);
      list.add(element.apply(fields));
      fields.skipRest();
    }
    return List.copyOf(list);
  }

  /// Goes to the next value, and says whether there is one.
  private boolean find(JsonToken kind, String name) {
    var token = next();
    if (token != null && token != kind) {
      throw unexpected(token, name);
    }
    return token != null;
  }

  private void need(JsonToken kind, String name) {
    if (!find(kind, name)) {
      throw unexpected(null, name);
    }
  }

  private @Nullable JsonToken next() {
    if (over || !another()) {
      over = true;
      return null;
    }
    var token = cbor.currentToken();
    return token == JsonToken.VALUE_NULL ? null : token;
  }

  /// Goes on within the array that the parser is in, and says whether that has another value.
  private boolean another() {
    var token = cbor.nextToken();
    if (token == null) {
      throw new IllegalArgumentException("an entry of the journal breaks off");
    }
    return token != JsonToken.END_ARRAY;
  }

  private void skipRest() {
    while (!over && another()) {
      cbor.skipChildren();
    }
  }

  private static IllegalArgumentException unexpected(@Nullable JsonToken token, String name) {
    return token == null
        ? EntryFields.missing(name)
        : new IllegalArgumentException(
            "an entry of the journal has %s for %s".formatted(token, name));
  }
}
