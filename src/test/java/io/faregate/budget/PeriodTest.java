package io.faregate.budget;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodTest {
  private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource(Period.class)
  void followsOneWindowByTheNextInEveryZone(Period period) {
    assertThat(zones().flatMap(zone -> faults(zone, period).stream())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // No midnight: clocks go from 24:00 to 1:00.
    "Africa/Cairo, 2026-04-24T12:00:00Z, 2026-04-23T22:00:00Z, 23:00",
    "Africa/Cairo, 2026-10-29T12:00:00Z, 2026-10-28T21:00:00Z, 25:00",
    "America/New_York, 2026-03-08T12:00:00Z, 2026-03-08T05:00:00Z, 23:00",
    "America/New_York, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 25:00",
    "Australia/Lord_Howe, 2026-04-04T20:00:00Z, 2026-04-04T13:00:00Z, 24:30",
    "Australia/Lord_Howe, 2026-10-03T20:00:00Z, 2026-10-03T13:30:00Z, 23:30",
    "Asia/Kathmandu, 2026-08-01T12:00:00Z, 2026-07-31T18:15:00Z, 24:00",
    "UTC, 2028-02-29T23:59:59.999999999Z, 2028-02-29T00:00:00Z, 24:00",
  })
  void startsADayWhereTheZoneDoes(String zone, Instant at, Instant from, String hours) {
    var window = Period.DAY.window(ZoneId.of(zone), at);

    assertThat(window.from()).isEqualTo(from);
    assertThat(Duration.between(window.from(), window.to())).isEqualTo(duration(hours));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2028-02-29T12:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
    "UTC, 2026-12-31T23:59:59Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "America/New_York, 2026-03-31T12:00:00Z, 2026-03-01T05:00:00Z, 2026-04-01T04:00:00Z",
    "Asia/Kathmandu, 2026-08-31T18:15:00Z, 2026-08-31T18:15:00Z, 2026-09-30T18:15:00Z",
  })
  void startsAMonthOnItsFirstDay(String zone, Instant at, Instant from, Instant to) {
    assertThat(Period.MONTH.window(ZoneId.of(zone), at)).isEqualTo(new Window(from, to));
  }

  @Test
  void countsTheRepeatedEndOfADayInTheNextOne() {
    // Clocks went from 0:01 back to 23:01 of the day before.
    var zone = ZoneId.of("America/St_Johns");
    var secondTime = Instant.parse("2010-11-07T02:45:00Z");

    assertThat(Period.DAY.window(zone, secondTime))
        .isEqualTo(Period.DAY.window(zone, Instant.parse("2010-11-07T12:00:00Z")));
  }

  @Test
  void doesNotLetAWindowEndBeforeItBegins() {
    assertThatThrownBy(() -> new Window(FROM, FROM)).isInstanceOf(IllegalArgumentException.class);
  }

  /// Zones whose clocks differ.
  private static Stream<ZoneId> zones() {
    return ZoneId.getAvailableZoneIds().stream()
        .map(ZoneId::of)
        .collect(toMap(ZoneId::getRules, zone -> zone, (one, _) -> one))
        .values()
        .stream();
  }

  private static List<String> faults(ZoneId zone, Period period) {
    var faults = new ArrayList<String>();
    var window = period.window(zone, FROM);
    while (window.from().isBefore(TO)) {
      var next = period.window(zone, window.to());
      var whole =
          window.equals(period.window(zone, window.from()))
              && window.equals(period.window(zone, window.to().minusNanos(1)));
      if (!whole || !next.from().equals(window.to()) || !lasts(window, period)) {
        faults.add("%s: %s, then %s".formatted(zone, window, next));
      }
      window = next;
    }
    return faults;
  }

  private static boolean lasts(Window window, Period period) {
    var hours = Duration.between(window.from(), window.to()).toHours();
    return switch (period) {
      case DAY -> hours >= 20 && hours <= 28;
      case MONTH -> hours >= 27 * 24 && hours <= 31 * 24 + 4;
    };
  }

  private static Duration duration(String hours) {
    var parts = hours.split(":", -1);
    return Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1]));
  }
}
