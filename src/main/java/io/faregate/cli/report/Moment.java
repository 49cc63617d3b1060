package io.faregate.cli.report;

import io.faregate.audit.Document;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// What a server says of itself at one instant.
///
/// @param review of the last hour, and of the rest of the quarter that it began in
/// @param calls the latest that have ended, latest first
public record Moment(
    Instant at, Document status, List<Document> limits, Document review, List<Document> calls) {
  /// How many of the latest calls are looked at.
  public static final int CALLS = 200;

  private static final Duration LATELY = Duration.ofMinutes(1);

  public Moment {
    limits = List.copyOf(limits);
    calls = List.copyOf(calls);
  }

  /// Calls in a second that began in the last minute and have ended. Where the latest calls do not
  /// reach back as far, it is over the time that they reach.
  public BigDecimal callsPerSecond() {
    var since = at.minus(LATELY);
    var lately = calls.stream().filter(call -> began(call).isAfter(since)).toList();
    var reach = lately.size() < CALLS ? LATELY : Duration.between(began(lately.getLast()), at);
    var millis = Math.max(1_000, reach.toMillis());
    return BigDecimal.valueOf(1_000L * lately.size())
        .divide(BigDecimal.valueOf(millis), 1, RoundingMode.HALF_UP);
  }

  /// The slowest of the latest calls, the slowest first.
  public List<Document> slowest(int count) {
    return calls.stream()
        .sorted(Comparator.comparingLong((Document call) -> call.number("duration_ms")).reversed())
        .limit(count)
        .toList();
  }

  /// Why calls of the latest were refused, and how many of them for each reason.
  public Document refused() {
    var codes = new TreeMap<String, Long>();
    for (var call : calls) {
      var code = call.inner("refusal").text("code");
      if (code != null) {
        codes.merge(code, 1L, Long::sum);
      }
    }
    return Document.of(codes);
  }

  /// All of it in the shapes of JSON.
  public Document document() {
    return new Document()
        .time("at", at)
        .put("calls_per_second", callsPerSecond())
        .put("status", status)
        .put("limits", limits)
        .put("audit", review)
        .put("refused", refused())
        .put("slowest", slowest(10));
  }

  private static Instant began(Document call) {
    return Instant.parse(call.text("started_at", Instant.EPOCH.toString()));
  }
}
