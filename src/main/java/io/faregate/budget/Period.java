package io.faregate.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// How long a limit holds before it starts again at nothing: a day or a month of the local
/// calendar.
public enum Period {
  /// From the start of a local day to that of the next: 23 to 25 hours, at times other lengths.
  DAY {
    @Override
    LocalDate first(LocalDate date) {
      return date;
    }

    @Override
    LocalDate next(LocalDate first) {
      return first.plusDays(1);
    }
  },
  /// From the start of the first day of a month to that of the next month.
  MONTH {
    @Override
    LocalDate first(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    LocalDate next(LocalDate first) {
      return first.plusMonths(1);
    }
  };

  /// The window in which an instant lies. Windows of a zone and period follow each other without a
  /// gap. Where clocks skip midnight, the day starts at its first valid instant; where they go back
  /// over midnight, the repeated end of the old day already belongs to the new one.
  public Window window(ZoneId zone, Instant at) {
    var first = first(LocalDate.ofInstant(at, zone));
    var from = start(zone, first);
    var to = start(zone, next(first));
    while (!at.isBefore(to)) {
      first = next(first);
      from = to;
      to = start(zone, next(first));
    }
    return new Window(from, to);
  }

  abstract LocalDate first(LocalDate date);

  abstract LocalDate next(LocalDate first);

  private static Instant start(ZoneId zone, LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
