package io.faregate.worksheet.measured;

import io.faregate.call.AttemptKind;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.RouteCost;
import io.faregate.worksheet.measured.Explained.Factor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A plan beside what happened, over the same days.
///
/// @param months the part of the plan's month that the span is
/// @param lines of the routes of the plan, then of those that nobody planned
public record PlanAgainst(Stretch span, BigDecimal months, List<Line> lines) {
  public PlanAgainst {
    lines = List.copyOf(lines);
  }

  /// From an instant (in) to an instant (out).
  public record Stretch(Instant from, Instant to) {}

  /// A route on both sides; amounts are dollars of the span.
  ///
  /// @param plannedCalls null when it was not planned
  /// @param planned null when it was not planned, or is unpriced
  /// @param actual of the attempts that have a price
  /// @param plannedFallback share of the calls that reach the fallback
  /// @param unpriced attempts that no sum contains
  /// @param parts of the difference, empty when it is unknown
  public record Line(
      Place place,
      @Nullable BigDecimal plannedCalls,
      long calls,
      @Nullable BigDecimal planned,
      BigDecimal actual,
      @Nullable BigDecimal plannedFallback,
      @Nullable BigDecimal fallback,
      BigDecimal inDoubt,
      long unpriced,
      Map<Factor, BigDecimal> parts) {
    public Line {
      parts = Map.copyOf(parts);
    }

    /// Whether the worksheet has the route.
    public boolean isPlanned() {
      return plannedCalls != null;
    }

    /// What it cost beyond the plan; null when the plan is unpriced or there is none.
    public @Nullable BigDecimal difference() {
      return planned == null ? null : actual.subtract(planned);
    }
  }

  /// Compares a plan with the routes of a ledger.
  public static PlanAgainst of(
      Costing plan, List<Measured> actual, Stretch span, BigDecimal months) {
    var left = new LinkedHashMap<Place, Measured>();
    actual.forEach(route -> left.put(route.place(), route));
    var lines = new ArrayList<Line>();
    for (var cost : plan.routes()) {
      var place = Place.of(cost.route());
      var measured =
          Objects.requireNonNullElse(left.remove(place), new Measured(place, 0, 0, List.of()));
      lines.add(line(cost, plan, measured, months));
    }
    left.values().forEach(route -> lines.add(unplanned(route)));
    return new PlanAgainst(span, months, lines);
  }

  /// All routes. What was not planned was planned at nothing; a plan without a price makes the
  /// planned sum unknown.
  public Line total() {
    var planned =
        lines.stream().allMatch(line -> line.planned() != null || !line.isPlanned())
            ? lines.stream()
                .map(Line::planned)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
            : null;
    return new Line(
        new Place(null, null),
        BigDecimal.ZERO,
        lines.stream().mapToLong(Line::calls).sum(),
        planned,
        lines.stream().map(Line::actual).reduce(BigDecimal.ZERO, BigDecimal::add),
        null,
        null,
        lines.stream().map(Line::inDoubt).reduce(BigDecimal.ZERO, BigDecimal::add),
        lines.stream().mapToLong(Line::unpriced).sum(),
        Map.of());
  }

  /// What is worth saying beside the table.
  public List<String> remarks() {
    var remarks = new ArrayList<String>();
    for (var line : lines) {
      var name = line.place().name();
      if (!line.isPlanned()) {
        remarks.add(
            name + " has calls and was not planned: add a row, or name the work of its calls");
      } else if (line.calls() == 0) {
        var tried = line.actual().signum() + line.inDoubt().signum() > 0;
        remarks.add(name + " was planned and had no call" + (tried ? " that ended" : ""));
      } else if (line.planned() == null) {
        remarks.add(name + " is unpriced in the plan, so nothing explains its cost");
      }
      if (line.unpriced() > 0) {
        remarks.add("%s: no sum contains %,d unpriced attempts".formatted(name, line.unpriced()));
      }
    }
    return remarks;
  }

  private static Line line(RouteCost cost, Costing plan, Measured measured, BigDecimal months) {
    var explained = Explained.of(cost, plan.prices(), measured, months);
    return new Line(
        measured.place(),
        Explained.plannedCalls(cost, months),
        measured.calls(),
        explained.planned(),
        explained.actual(),
        cost.route().fallback() == null ? null : cost.expected().fallback(),
        measured.rate(AttemptKind.FALLBACK),
        measured.inDoubtUsd(),
        measured.unpriced(),
        explained.parts());
  }

  private static Line unplanned(Measured route) {
    return new Line(
        route.place(),
        null,
        route.calls(),
        null,
        route.usd(),
        null,
        route.rate(AttemptKind.FALLBACK),
        route.inDoubtUsd(),
        route.unpriced(),
        Map.of());
  }
}
