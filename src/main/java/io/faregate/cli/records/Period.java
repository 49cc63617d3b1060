package io.faregate.cli.records;

import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.yaml.ValueText;
import io.faregate.ledger.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every report takes to say of which time it is.
public final class Period {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description =
          "The beginning: 90m, 24h or 7d before the end, a day, or an instant (${DEFAULT-VALUE}).")
  private String since = "7d";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The end, written the same way, not included (now).")
  private @Nullable String until;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "The time zone in which days begin (${DEFAULT-VALUE}).")
  private String zone = "UTC";

  /// The span that the options name.
  public Span span(Instant now) {
    var end = until == null ? now : instant("--until", until, now);
    return from("--since", since, end);
  }

  /// The span from the time that another option names, written as `--since` is, until now.
  public static Span since(String option, String text, Instant now) {
    return new Period().from(option, text, now);
  }

  private Span from(String option, String text, Instant end) {
    var begin = instant(option, text, end);
    if (begin.isAfter(end)) {
      throw usage("%s %s is after the end, %s".formatted(option, text, end));
    }
    return new Span(begin, end);
  }

  /// The zone in which days begin.
  public ZoneId zone() {
    return zone(zone);
  }

  /// Reads the name of a zone.
  ///
  /// @throws CliException if it is none
  public static ZoneId zone(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new CliException(
          ExitCode.USAGE,
          "--zone %s is no time zone; write it like UTC or Europe/Berlin".formatted(zone),
          unknown);
    }
  }

  private Instant instant(String option, String text, Instant end) {
    try {
      return ValueText.duration(text)
          .map(length -> before(end, length))
          .or(() -> ValueText.instant(text, zone()))
          .filter(Span::knows)
          .orElseThrow(() ->
              usage(
                  "%s %s is no time; write it like 7d, 2026-11-01 or 2026-11-01T12:00:00Z"
                      .formatted(option, text)));
    } catch (DateTimeException | ArithmeticException tooLong) {
      throw new CliException(
          ExitCode.USAGE, "%s %s is too long ago".formatted(option, text), tooLong);
    }
  }

  /// A length of time may reach back before all calls.
  private static Instant before(Instant end, Duration length) {
    var begin = end.minus(length);
    return begin.isBefore(Span.EARLIEST) ? Span.EARLIEST : begin;
  }

  private static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message);
  }
}
