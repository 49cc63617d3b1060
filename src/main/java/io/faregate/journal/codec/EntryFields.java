package io.faregate.journal.codec;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.ledger.Dimensions;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one entry. [EntryDecoder] asks for each of them once, in the order in which
/// [EntryEncoder] writes them, by the name that it had when entries were maps.
interface EntryFields {
  /// A text, or null if it is not there.
  @Nullable String textOrNull(String name);

  /// A whole number that is there.
  long number(String name);

  /// A whole number, or null if it is not there.
  @Nullable Long numberOrNull(String name);

  /// Yes or no, which is there.
  boolean truth(String name);

  /// Whole numbers, or null if they are not there.
  long @Nullable [] numbersOrNull(String name);

  /// A list of texts that is there.
  List<String> texts(String name);

  /// A list that is there, of elements with fields of their own.
  <T> List<T> list(String name, Function<EntryFields, T> element);

  /// The complaint about a field that is not there.
  static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("an entry of the journal has no field \"" + name + "\"");
  }

  private static <T> T needed(@Nullable T value, String name) {
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  default String text(String name) {
    return needed(textOrNull(name), name);
  }

  default int count(String name) {
    return Math.toIntExact(number(name));
  }

  default Instant instant(String name) {
    return Instant.EPOCH.plus(number(name), ChronoUnit.MICROS);
  }

  default @Nullable LocalDate dayOrNull(String name) {
    var day = numberOrNull(name);
    return day == null ? null : LocalDate.ofEpochDay(day);
  }

  default <E extends Enum<E>> E word(String name, Class<E> type) {
    return Enum.valueOf(type, text(name));
  }

  default <E extends Enum<E>> @Nullable E wordOrNull(String name, Class<E> type) {
    var text = textOrNull(name);
    return text == null ? null : Enum.valueOf(type, text);
  }

  default ModelId model() {
    return new ModelId(text("provider"), text("model"));
  }

  default @Nullable ModelId modelOrNull() {
    var provider = textOrNull("provider");
    var model = textOrNull("model");
    return provider == null || model == null ? null : new ModelId(provider, model);
  }

  default Dimensions dimensions() {
    return new Dimensions(
        text("key"), text("plan"), textOrNull("workflow"), textOrNull("step"), text("task"));
  }

  default Segments segments() {
    var tokens = needed(numbersOrNull("tokens"), "tokens");
    return new Segments(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5]);
  }

  default @Nullable Usage usageOrNull() {
    var usage = numbersOrNull("usage");
    return usage == null
        ? null
        : new Usage(usage[0], usage[1], usage[2], usage[3], usage[4], usage[5]);
  }
}
