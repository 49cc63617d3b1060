package io.faregate.worksheet.plan;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.money.ServiceTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a scenario changes in a route; null and absent leave things as they are.
///
/// @param without what the route then lacks
/// @param numbers what else is different
/// @param segments tokens by segment of the input
public record Change(
    @Nullable Target first,
    @Nullable Target fallback,
    List<Piece> without,
    Map<Figure, Adjustment> numbers,
    Map<Segment, Adjustment> segments,
    @Nullable Caching caching,
    @Nullable ServiceTier service) {
  public Change {
    without = List.copyOf(without);
    numbers = Map.copyOf(numbers);
    segments = Map.copyOf(segments);
  }

  /// A part of a route that a scenario can take away.
  public enum Piece {
    FALLBACK,
    CHECK
  }

  /// A number of a route that a scenario can change.
  public enum Figure {
    REQUESTS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    RETRY_RATE,
    FALLBACK_RETRY_RATE,
    FALLBACK_RATE,
    FAILURE_RATE,
    CORRECTION_RATE;

    /// What a worksheet calls it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a chain says otherwise.
  private static final List<Figure> AVERAGES =
      List.of(
          Figure.RETRY_RATE, Figure.FALLBACK_RETRY_RATE, Figure.FALLBACK_RATE, Figure.FAILURE_RATE);

  /// The route with the change made.
  ///
  /// @param withItsStep whether the step whose calls it counts from, if any, is changed too
  /// @throws IllegalArgumentException if a share would pass 100%
  public Route applied(Route route, boolean withItsStep) {
    var odds = route.odds();
    boolean alone = without.contains(Piece.FALLBACK) || endsAtOnce(route);
    return new Route(
        route.workflow(),
        route.step(),
        volume(route.volume(), withItsStep),
        first == null ? route.first() : first,
        alone ? null : fallback == null ? route.fallback() : fallback,
        shape(route.shape()),
        new Odds(
            number(Figure.RETRY_RATE, odds.retry()),
            numbers.containsKey(Figure.FALLBACK_RETRY_RATE)
                ? Long.valueOf(number(Figure.FALLBACK_RETRY_RATE, odds.fallbackRetry()))
                : odds.ownFallbackRetry(),
            // Also where the fallback goes: a narrower change may name another one.
            number(Figure.FALLBACK_RATE, odds.fallback()),
            number(Figure.FAILURE_RATE, odds.failure()),
            number(Figure.CORRECTION_RATE, odds.correction()),
            odds.billed()),
        without.contains(Piece.CHECK) ? null : route.check(),
        route.overheadNanoUsd(),
        route.chain() == null ? null : chain(route.chain()),
        route.basis());
  }

  /// What of this change a route ignores that is worked out from its chain: averages, and a
  /// fallback where the chain ends with its first tier. In the words of a worksheet.
  public List<String> ignoredBy(Route route) {
    if (!route.isChained()) {
      return List.of();
    }
    var ignored = new ArrayList<String>();
    if (fallback != null && endsAtOnce(route)) {
      ignored.add("fallback");
    }
    AVERAGES.stream().filter(numbers::containsKey).map(Figure::word).forEach(ignored::add);
    return ignored;
  }

  private static boolean endsAtOnce(Route route) {
    return route.chain() != null && route.isChained() && route.chain().tiers().size() < 2;
  }

  /// A share of the calls of another step follows that step; only a change of its own multiplies
  /// it.
  private Volume volume(Volume before, boolean withItsStep) {
    return switch (before) {
      case Volume.Stated stated -> new Volume.Stated(number(Figure.REQUESTS, stated.requests()));
      case Volume.OfActions share ->
          volume(share, new Volume.OfActions(number(Figure.REQUESTS, share.millionths())));
      case Volume.OfStep share ->
          volume(
              share,
              withItsStep
                  ? share
                  : new Volume.OfStep(
                      share.step(), share.outcome(), number(Figure.REQUESTS, share.millionths())));
    };
  }

  /// A number of requests replaces a share; a factor multiplies it.
  private Volume volume(Volume before, Volume multiplied) {
    return switch (numbers.get(Figure.REQUESTS)) {
      case Adjustment.To to -> new Volume.Stated(to.value());
      case Adjustment.Times _ -> multiplied;
      case null -> before;
    };
  }

  private Shape shape(Shape before) {
    if (segments.isEmpty() && caching == null && service == null && !changesTokens()) {
      return before;
    }
    return new Shape(
        segments(input(before.input())),
        number(Figure.OUTPUT_TOKENS, before.output()),
        before.turns(),
        caching == null ? before.caching() : caching,
        service == null ? before.service() : service);
  }

  private boolean changesTokens() {
    return numbers.containsKey(Figure.INPUT_TOKENS) || numbers.containsKey(Figure.OUTPUT_TOKENS);
  }

  private Segments input(Segments before) {
    var adjustment = numbers.get(Figure.INPUT_TOKENS);
    return adjustment == null ? before : before.scaledTo(adjustment.of(before.total()));
  }

  private Segments segments(Segments before) {
    return segments.isEmpty() ? before : Segments.of(segment -> segment(before, segment));
  }

  private long segment(Segments before, Segment segment) {
    var adjustment = segments.get(segment);
    return adjustment == null ? before.of(segment) : adjustment.of(before.of(segment));
  }

  /// The first two tiers of a chain are those of the route.
  private ChainPlan chain(ChainPlan before) {
    var length = without.contains(Piece.FALLBACK) ? 1 : before.tiers().size();
    var tiers =
        IntStream.range(0, length)
            .mapToObj(i -> moved(before.tiers().get(i), i == 0 ? first : i == 1 ? fallback : null))
            .toList();
    return new ChainPlan(tiers, before.correlated(), before.used());
  }

  private static ChainTier moved(ChainTier tier, @Nullable Target target) {
    return target == null
        ? tier
        : new ChainTier(target, tier.failed(), tier.retries(), tier.rejected());
  }

  private long number(Figure figure, long before) {
    var adjustment = numbers.get(figure);
    return adjustment == null ? before : adjustment.of(before);
  }
}
