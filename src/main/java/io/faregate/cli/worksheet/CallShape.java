package io.faregate.cli.worksheet;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.ServiceTier;
import io.faregate.worksheet.plan.Caching;
import io.faregate.worksheet.plan.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how long a call is, and how much of it a cache serves.
final class CallShape {
  private static final long MOST_TOKENS = 1_000_000_000L;
  private static final int MOST_TURNS = 1_000;
  private static final String FIVE_MINUTES = "5m";
  private static final String AN_HOUR = "1h";

  @Option(
      names = "--input",
      paramLabel = "N",
      description =
          "Tokens of the prompt, like 1800 or 12k; or of a segment, like system=1200,"
              + " repeatable.")
  private List<String> input = List.of();

  @Option(names = "--output", paramLabel = "N", description = "Tokens of the answer.")
  private String output = "0";

  @Option(
      names = "--cached",
      paramLabel = "N|SHARE",
      description = "Tokens of the prompt, or a share like 60%%, that a cache serves.")
  private @Nullable String cached;

  @Option(
      names = "--written",
      paramLabel = "N",
      description = "Tokens of the prompt that are written to a cache for five minutes.")
  private String written = "0";

  @Option(
      names = "--written-1h",
      paramLabel = "N",
      description = "Tokens of the prompt that are written to a cache for an hour.")
  private String writtenForAnHour = "0";

  @Option(
      names = "--cache",
      paramLabel = "SEGMENT",
      split = ",",
      description = "Segments that a cache keeps, like system,tools; needs --hits.")
  private List<String> cache = List.of();

  @Option(
      names = "--hits",
      paramLabel = "SHARE",
      description = "How often the cache has them, like 80%%; else they are written to it.")
  private @Nullable String hits;

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "How long the cache keeps them, 5m or 1h (5m).")
  private @Nullable String lifetime;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "Turns of a conversation in which each one sends all earlier ones (1).")
  private int turns = 1;

  @Option(
      names = "--service",
      paramLabel = "TIER",
      description = "standard, batch, flex, priority or fast (${DEFAULT-VALUE}).",
      defaultValue = "standard")
  private ServiceTier service = ServiceTier.STANDARD;

  /// The call.
  ///
  /// @throws CliException if the options contradict each other
  Shape shape() {
    if (turns < 1 || turns > MOST_TURNS) {
      throw usage("--turns is from 1 to %,d".formatted(MOST_TURNS));
    }
    var segments = input();
    var caching = caching();
    try {
      var shape = new Shape(segments, tokens("--output", output), turns, caching, service);
      var _ = shape.usages();
      return shape;
    } catch (IllegalArgumentException tooMuch) {
      throw usage(tooMuch.getMessage() + "; --cached and --written are parts of --input");
    }
  }

  private Segments input() {
    if (input.isEmpty()) {
      throw usage("say how long the prompt is: --input 1800, or --input system=1200 for a segment");
    }
    if (input.size() == 1 && input.getFirst().indexOf('=') < 0) {
      return new Segments(0, tokens("--input", input.getFirst()), 0, 0, 0, 0);
    }
    var tokens = bySegment();
    return Segments.of(segment -> tokens.getOrDefault(segment, 0L));
  }

  private Map<Segment, Long> bySegment() {
    var tokens = new EnumMap<Segment, Long>(Segment.class);
    for (var part : input) {
      var sign = part.indexOf('=');
      if (sign < 0) {
        throw usage("give --input once as a number, or for each segment: --input user=" + part);
      }
      var segment = segment(part.substring(0, sign));
      if (tokens.put(segment, tokens("--input", part.substring(sign + 1))) != null) {
        throw usage("--input names %s twice".formatted(segment.word()));
      }
    }
    return tokens;
  }

  private Caching caching() {
    var tokens = !written.equals("0") || !writtenForAnHour.equals("0");
    if (!cache.isEmpty()) {
      if (cached != null || tokens) {
        throw usage("--cache says by segment what --cached and --written say in tokens");
      }
      if (hits == null) {
        throw usage("--cache needs --hits: how often the cache has these segments, like 80%");
      }
      if (lifetime != null && !List.of(FIVE_MINUTES, AN_HOUR).contains(lifetime)) {
        throw usage("--lifetime is 5m or 1h");
      }
      return new Caching.Hits(cachedSegments(), share("--hits", hits), AN_HOUR.equals(lifetime));
    }
    if (hits != null) {
      throw usage("--hits needs --cache: the segments that the cache keeps, like system,tools");
    }
    if (lifetime != null) {
      throw usage("--lifetime needs --cache; --written and --written-1h say it in tokens");
    }
    if (cached != null && cached.endsWith("%")) {
      if (tokens) {
        throw usage("give --cached in tokens beside --written");
      }
      return new Caching.Share(share("--cached", cached));
    }
    return new Caching.Tokens(
        cached == null ? 0 : tokens("--cached", cached),
        tokens("--written", written),
        tokens("--written-1h", writtenForAnHour));
  }

  private Set<Segment> cachedSegments() {
    var segments = EnumSet.noneOf(Segment.class);
    cache.forEach(name -> segments.add(segment(name)));
    return segments;
  }

  private static Segment segment(String name) {
    return Segment.of(name)
        .orElseThrow(() ->
            usage(
                "\"%s\" is no segment; there are %s"
                    .formatted(
                        name,
                        String.join(
                            ", ", Arrays.stream(Segment.values()).map(Segment::word).toList()))));
  }

  private static long share(String option, String text) {
    return ValueText.share(text)
        .orElseThrow(
            () -> usage("%s \"%s\" is no share; write it like 80%%".formatted(option, text)));
  }

  private static long tokens(String option, String text) {
    return number(option, text, MOST_TOKENS);
  }

  /// A number as people write it, up to a bound.
  static long number(String option, String text, long most) {
    return ValueText.tokens(text)
        .filter(number -> number <= most)
        .orElseThrow(() ->
            usage(
                "%s \"%s\" is no number up to %,d; write it like 800, 12k or 1M"
                    .formatted(option, text, most)));
  }

  private static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message);
  }
}
