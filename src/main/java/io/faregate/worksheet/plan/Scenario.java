package io.faregate.worksheet.plan;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Another assumption: what is different in it, and on which day's prices it stands.
///
/// @param day null keeps that of the worksheet
/// @param changes applied one after the other
public record Scenario(@Nullable LocalDate day, List<Scoped> changes) {
  public Scenario {
    changes = List.copyOf(changes);
  }

  /// A change and the routes that it touches.
  ///
  /// @param workflow null for every one
  /// @param step null for every one of the workflow
  public record Scoped(@Nullable String workflow, @Nullable String step, Change change) {
    private Route applied(Route route) {
      return touches(route) ? change.applied(route, step == null) : route;
    }

    private boolean touches(Route route) {
      return (workflow == null || workflow.equals(route.workflow()))
          && (step == null || step.equals(route.step()));
    }
  }

  /// What of the scenario a route ignores that is worked out from its chain, in the words of a
  /// worksheet.
  public SequencedSet<String> ignoredBy(Route route) {
    var ignored = new LinkedHashSet<String>();
    var changed = route;
    for (var scoped : changes) {
      if (scoped.touches(changed)) {
        ignored.addAll(scoped.change().ignoredBy(changed));
      }
      changed = scoped.applied(changed);
    }
    return ignored;
  }

  /// The route as it would be.
  ///
  /// @throws IllegalArgumentException if a share would pass 100%, or a number what can be counted
  Route applied(Route route) {
    try {
      var changed = route;
      for (var scoped : changes) {
        changed = scoped.applied(changed);
      }
      return changed;
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "in %s, a number passes 9 quintillion".formatted(route.name()), overflow);
    } catch (IllegalArgumentException tooMuch) {
      throw new IllegalArgumentException(
          "in %s, %s".formatted(route.name(), tooMuch.getMessage()), tooMuch);
    }
  }
}
