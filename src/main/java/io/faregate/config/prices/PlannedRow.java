package io.faregate.config.prices;

import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.ServiceTier;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A row that lists propose for a model.
///
/// @param before what is known for the same days; null if nothing is
/// @param after the row as it would be opened
/// @param lists how many lists say so
public record PlannedRow(ModelId model, Kind kind, @Nullable Price before, Price after, int lists) {
  /// What becomes of a row.
  public enum Kind {
    /// A model or service tier without a price gets one.
    NEW,
    /// The old row is closed and this one opened.
    CHANGED,
    /// It is announced for a day to come.
    ANNOUNCED,
    /// What was announced has come: the row stays and is no announcement any more.
    SEEN,
    /// The lists are older than what is known, which stays.
    OLDER
  }

  /// Whether the row may be written without anybody having looked at it: two lists agree.
  public boolean isAgreed() {
    return kind == Kind.SEEN || lists > 1;
  }

  /// Whether the row would be written at all.
  public boolean isWritten() {
    return kind != Kind.OLDER;
  }

  /// The service tier.
  public ServiceTier tier() {
    return after.serviceTier();
  }

  /// What is stated after, and before where that differs: `input 5 → 4, output 30 → 20`.
  public String change() {
    var now = PriceFields.of(after);
    var old = before == null ? null : PriceFields.of(before);
    if (old == null) {
      return now.entrySet().stream()
          .filter(field -> !field.getValue().equals("none"))
          .map(field -> field.getKey() + " " + field.getValue())
          .collect(Collectors.joining(", "));
    }
    return Stream.concat(old.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(field -> !Objects.equals(old.get(field), now.get(field)))
        .map(field ->
            "%s %s → %s"
                .formatted(
                    field,
                    old.getOrDefault(field, "unpriced"),
                    now.getOrDefault(field, "unpriced")))
        .collect(Collectors.joining(", "));
  }
}
