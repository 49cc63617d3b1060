package io.faregate.worksheet.measured;

import io.faregate.worksheet.plan.Route;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where calls belong. Their order is by name, those of no workflow last.
///
/// @param workflow null for calls of none
/// @param step null for calls of none
public record Place(@Nullable String workflow, @Nullable String step) implements Comparable<Place> {
  /// What stands in a worksheet for no workflow and for no step.
  public static final String NONE = "-";

  private static final Comparator<@Nullable String> NULLS_LAST =
      Comparator.nullsLast(Comparator.naturalOrder());
  private static final Comparator<Place> BY_NAME =
      Comparator.comparing(Place::workflow, NULLS_LAST).thenComparing(Place::step, NULLS_LAST);

  /// The place that a route of a worksheet plans.
  public static Place of(Route route) {
    return new Place(named(route.workflow()), named(route.step()));
  }

  /// The way to it, as `support/faq`.
  public String name() {
    return Objects.requireNonNullElse(workflow, NONE)
        + "/"
        + Objects.requireNonNullElse(step, NONE);
  }

  @Override
  public int compareTo(Place other) {
    return BY_NAME.compare(this, other);
  }

  private static @Nullable String named(String text) {
    return text.equals(NONE) ? null : text;
  }
}
