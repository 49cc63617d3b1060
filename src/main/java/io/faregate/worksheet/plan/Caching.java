package io.faregate.worksheet.plan;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.money.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// How much of an input a prompt cache serves.
public sealed interface Caching {
  /// No cache serves anything.
  static Caching none() {
    return Tokens.NONE;
  }

  /// A share of the input, in millionths, from its front.
  record Share(long millionths) implements Caching {}

  /// So many tokens are read and written, from the front of the input.
  record Tokens(long read, long write5m, long write1h) implements Caching {
    private static final Tokens NONE = new Tokens(0, 0, 0);
  }

  /// Whole segments that a cache keeps: `hitMillionths` of the time they are read from it, and
  /// otherwise written into it, for an hour or for five minutes. Source: FORMULAS §2.3.
  record Hits(Set<Segment> segments, long hitMillionths, boolean hour) implements Caching {
    public Hits {
      segments = Set.copyOf(segments);
    }
  }

  /// The input as it is billed, by segment, without output.
  ///
  /// @throws IllegalArgumentException if more is cached than there is input
  default Map<Segment, Usage> laid(Segments input) {
    return switch (this) {
      case Share share ->
          fromFront(input, new Tokens(part(input.total(), share.millionths()), 0, 0));
      case Tokens tokens -> fromFront(input, tokens);
      case Hits hits -> bySegment(input, hits);
    };
  }

  private static Map<Segment, Usage> bySegment(Segments input, Hits hits) {
    var laid = new EnumMap<Segment, Usage>(Segment.class);
    for (var segment : Segment.values()) {
      long tokens = input.of(segment);
      if (!hits.segments().contains(segment)) {
        laid.put(segment, Usage.of(tokens, 0));
        continue;
      }
      long read = part(tokens, hits.hitMillionths());
      long written = tokens - read;
      laid.put(
          segment, new Usage(0, read, hits.hour() ? 0 : written, hits.hour() ? written : 0, 0, 0));
    }
    return laid;
  }

  private static Map<Segment, Usage> fromFront(Segments input, Tokens cached) {
    long read = cached.read();
    long hour = cached.write1h();
    long minutes = cached.write5m();
    if (Math.addExact(read, Math.addExact(hour, minutes)) > input.total()) {
      throw new IllegalArgumentException(
          "%,d tokens are cached of an input of %,d"
              .formatted(read + hour + minutes, input.total()));
    }
    var laid = new EnumMap<Segment, Usage>(Segment.class);
    for (var segment : Segment.IN_PROMPT) {
      long open = input.of(segment);
      long fromCache = Math.min(open, read);
      long forAnHour = Math.min(open - fromCache, hour);
      long forMinutes = Math.min(open - fromCache - forAnHour, minutes);
      read -= fromCache;
      hour -= forAnHour;
      minutes -= forMinutes;
      long plain = open - fromCache - forAnHour - forMinutes;
      laid.put(segment, new Usage(plain, fromCache, forMinutes, forAnHour, 0, 0));
    }
    return laid;
  }

  /// Whole tokens, rounded half up.
  private static long part(long tokens, long millionths) {
    return BigDecimal.valueOf(tokens)
        .multiply(BigDecimal.valueOf(millionths, 6))
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
