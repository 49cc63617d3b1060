package io.faregate.config.worksheet;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.ServiceTier;
import io.faregate.worksheet.plan.Caching;
import io.faregate.worksheet.plan.Shape;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads how long calls are: input by segment or in all, output, turns, and what a cache serves.
final class Shapes {
  private static final int MOST_TURNS = 200;
  private static final List<String> SEGMENTS =
      Arrays.stream(Segment.values()).map(Segment::word).toList();

  private Shapes() {}

  /// The shape of a row or of a check.
  static Shape read(Mapping file) {
    var input =
        file.require("input_tokens", Shapes::input, "say how long the input is: input_tokens: 600");
    var output = file.require("output_tokens", Amounts::tokens, "say how long the answer is");
    var turns = file.read("turns", Item.integer(1, MOST_TURNS), 1);
    var service = file.read("service", item -> item.word(ServiceTier.class), ServiceTier.STANDARD);
    var caching = caching(file);
    return new Shape(
        input == null ? Segments.NONE : input,
        output == null ? 0 : output,
        turns,
        caching == null ? Caching.none() : caching,
        service);
  }

  /// What a cache serves, or null where the file does not say.
  static @Nullable Caching caching(Mapping file) {
    var share = file.read("cached_share", Item::share);
    var cache = file.item("cache");
    if (cache == null) {
      return share == null ? null : new Caching.Share(share);
    }
    if (file.has("cached_share")) {
      cache.errorAtKey(
          "cached_share and cache say the same thing twice",
          "keep cached_share for a share of the input, or cache for whole segments");
    }
    return hits(cache.mapping());
  }

  private static @Nullable Caching hits(Mapping file) {
    var segments =
        file.require("segments", Shapes::segments, "list what is cached: [system, tools]");
    var hits = file.require("hits", Item::share, "say how often the cache has it: hits: 80%");
    var lifetime =
        file.read(
            "lifetime",
            item -> {
              var duration = item.value(ValueText::duration, "a duration", "write 5m or 1h");
              if (duration != null && !isLifetime(duration)) {
                item.error("caches live for 5m or for 1h", "write lifetime: 5m");
              }
              return duration;
            },
            Duration.ofMinutes(5));
    file.end();
    return segments == null || hits == null
        ? null
        : new Caching.Hits(segments, hits, lifetime.equals(Duration.ofHours(1)));
  }

  private static boolean isLifetime(Duration duration) {
    return duration.equals(Duration.ofMinutes(5)) || duration.equals(Duration.ofHours(1));
  }

  private static Set<Segment> segments(Item item) {
    var segments = EnumSet.noneOf(Segment.class);
    for (var element : item.listOrOne()) {
      var name = element.oneOf("segment", SEGMENTS);
      if (name != null) {
        Segment.of(name).ifPresent(segments::add);
      }
    }
    return segments;
  }

  /// Tokens of each segment, or of all together.
  private static @Nullable Segments input(Item item) {
    if (!item.isMapping()) {
      var tokens = Amounts.tokens(item);
      return tokens == null ? null : new Segments(0, tokens, 0, 0, 0, 0);
    }
    var tokens = bySegment(item, Amounts::tokens);
    return Segments.of(segment -> tokens.getOrDefault(segment, 0L));
  }

  /// What is said of each segment.
  static <T> Map<Segment, T> bySegment(Item item, Function<Item, @Nullable T> reader) {
    var file = item.mapping();
    var values = new EnumMap<Segment, T>(Segment.class);
    for (var segment : Segment.values()) {
      var value = file.read(segment.word(), reader);
      if (value != null) {
        values.put(segment, value);
      }
    }
    file.end();
    return values;
  }
}
