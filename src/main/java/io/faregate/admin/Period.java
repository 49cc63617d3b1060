package io.faregate.admin;

import io.faregate.ledger.Span;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The span that a request asks for: `since=7d`, or `from` and `to`.
final class Period {
  private static final String USUAL = "7d";

  private static final Pattern SINCE = Pattern.compile("(\\d{1,6})([mhdw])");

  private Period() {}

  /// Reads the parameters; without any, the last seven days.
  ///
  /// @throws AdminException if they cannot be read, or end before they begin
  static Span of(MultiMap parameters, Instant now) {
    var end = parameters.get("to");
    var begin = parameters.get("from");
    var to = end == null ? now : at("to", end);
    var from = begin == null ? before(to, since(parameters.get("since"))) : at("from", begin);
    if (to.isBefore(from)) {
      throw bad("the span ends at %s, before it begins at %s".formatted(to, from));
    }
    return new Span(from, to);
  }

  /// From the beginning of the day in that zone until now.
  static Span today(ZoneId zone, Instant now) {
    return new Span(LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant(), now);
  }

  private static Instant before(Instant to, Duration since) {
    var from = to.minus(since);
    return from.isBefore(Span.EARLIEST) ? Span.EARLIEST : from;
  }

  private static Duration since(@Nullable String text) {
    var match = SINCE.matcher(text == null ? USUAL : text);
    if (!match.matches()) {
      throw bad("since=" + text + " is not a length of time");
    }
    var count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "w" -> Duration.ofDays(7 * count);
      default -> Duration.ofDays(count);
    };
  }

  private static Instant at(String name, String text) {
    try {
      var at =
          text.length() == "2026-01-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
      if (Span.knows(at)) {
        return at;
      }
    } catch (DateTimeParseException unreadable) {
      // Answered below, as a year beyond all bounds is.
    }
    throw bad(name + "=" + text + " is not a time");
  }

  private static AdminException bad(String message) {
    return new AdminException(
        400,
        "faregate_bad_request",
        message,
        "write since=7d (m, h, d, w), or from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z");
  }
}
