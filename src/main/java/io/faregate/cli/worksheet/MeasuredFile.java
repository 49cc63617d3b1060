package io.faregate.cli.worksheet;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.config.worksheet.Ground;
import io.faregate.ledger.Span;
import io.faregate.policy.Policy;
import io.faregate.worksheet.cost.Prices;
import io.faregate.worksheet.measured.Measured;
import io.faregate.worksheet.measured.Measured.Attempts;
import io.faregate.worksheet.measured.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of a worksheet of what a ledger has. What no ledger can tell, such as how many calls
/// were never completed, is left to people to add.
final class MeasuredFile {
  private static final BigDecimal MONTH = BigDecimal.valueOf(Duration.ofDays(30).toSeconds());
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int PERCENT_DIGITS = 4;
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  private final List<Measured> routes;
  private final Span span;
  private final Prices prices;
  private final SequencedMap<String, ModelId> tiers;

  /// @param ground whose policy, where there is one, orders the tiers
  MeasuredFile(List<Measured> routes, Span span, Ground ground) {
    this.routes = routes;
    this.span = span;
    this.prices = ground.prices();
    this.tiers = tiers(routes, ground.policy());
  }

  /// The part of a month of 30 days that a span is.
  static BigDecimal months(Span span) {
    var seconds = Duration.between(span.from(), span.to()).toSeconds();
    return BigDecimal.valueOf(seconds).divide(MONTH, DIGITS);
  }

  /// The file.
  String text() {
    var text =
        new StringBuilder(
            """
            # Measured from %s to %s, as for a month of 30 days.
            # No ledger knows which calls ended well: add failure_rate, correction_rate and human.
            prices: %s
            tiers:
            """
                .formatted(span.from(), span.to(), prices.day()));
    tiers.forEach((tier, model) -> text.append(tier(tier, model)));
    text.append("routes:\n");
    routes.forEach(route -> text.append(row(route)));
    return text.toString();
  }

  /// What keeps the file from being read, and what to do about it.
  List<String> faults() {
    return tiers.entrySet().stream()
        .filter(tier -> !prices.isPriced(tier.getValue()))
        .map(tier ->
            """
            %s of the tier %s has no price on %s, so `worksheet` refuses rows that name the tier; \
            take a price from a list with `faregate prices import`, or give it one in models of \
            the policy\
            """
                .formatted(tier.getValue(), tier.getKey(), prices.day()))
        .toList();
  }

  private String tier(String name, ModelId model) {
    var fault = prices.isPriced(model) ? "" : " # has no price, so rows with this tier are refused";
    return "  %s: %s%s\n".formatted(plain(name), model, fault);
  }

  private String row(Measured route) {
    if (route.calls() == 0) {
      return "  # %s: attempts, and no call that ended\n".formatted(route.place().name());
    }
    var first = route.most(AttemptKind.FIRST);
    if (first.isEmpty()) {
      return "  # %s: %,d calls, none of which was sent\n"
          .formatted(route.place().name(), route.calls());
    }
    var firsts = route.of(AttemptKind.FIRST);
    var fields = new LinkedHashMap<String, String>();
    fields.put("workflow", plain(route.place().workflow()));
    fields.put("step", plain(route.place().step()));
    fields.put("first", plain(first.get().tier()));
    var fallback = route.most(AttemptKind.FALLBACK);
    fallback.ifPresent(most -> fields.put("fallback", plain(most.tier())));
    fields.put("requests", whole(BigDecimal.valueOf(route.calls()).divide(months(span), DIGITS)));
    fields.put("input_tokens", input(firsts));
    fields.put(
        "output_tokens",
        Long.toString(
            mean(firsts.stream().mapToLong(each -> each.usage().output()).sum(), firsts)));
    share(fields, "cached_share", cached(firsts));
    share(fields, "retry_rate", route.rate(AttemptKind.RETRY));
    share(fields, "fallback_rate", route.rate(AttemptKind.FALLBACK));
    check(route).ifPresent(check -> fields.put("check", check));
    fields.put("basis", "measured");
    return fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue())
            .collect(Collectors.joining(", ", "  - { ", " }\n"))
        + elsewhere(route);
  }

  /// A row has one price for each kind of attempt. What share of them had another, it says beside.
  private String elsewhere(Measured route) {
    var remarks = new StringBuilder();
    for (var kind : List.of(AttemptKind.FIRST, AttemptKind.FALLBACK, AttemptKind.CHECK)) {
      var priced = route.most(kind).map(most -> tiers.get(most.tier())).orElse(null);
      var others =
          route.of(kind).stream()
              .filter(each -> !each.model().equals(priced))
              .mapToLong(Attempts::count)
              .sum();
      if (priced != null && others > 0) {
        remarks.append(
            "  # %s: %s of the %s attempts were not on %s, whose price the row has\n"
                .formatted(
                    route.place().name(),
                    percent(
                        BigDecimal.valueOf(others)
                            .divide(BigDecimal.valueOf(route.count(kind)), DIGITS)),
                    kind.word(),
                    priced));
      }
    }
    return remarks.toString();
  }

  private static Optional<String> check(Measured route) {
    return route
        .most(AttemptKind.CHECK)
        .map(most -> {
          var checks = route.of(AttemptKind.CHECK);
          return "{ tier: %s, input_tokens: %d, output_tokens: %d }"
              .formatted(
                  plain(most.tier()),
                  mean(checks.stream().mapToLong(each -> each.usage().inputTotal()).sum(), checks),
                  mean(checks.stream().mapToLong(each -> each.usage().output()).sum(), checks));
        });
  }

  /// Means by segment, scaled to the total that providers billed.
  private static String input(List<Measured.Attempts> attempts) {
    var tokens =
        attempts.stream().map(Measured.Attempts::tokens).reduce(Segments.NONE, Segments::plus);
    var billed = attempts.stream().mapToLong(each -> each.usage().inputTotal()).sum();
    var each = tokens.scaledTo(mean(billed, attempts));
    if (each.total() == each.user()) {
      return Long.toString(each.total());
    }
    var parts = new ArrayList<String>();
    for (var segment : Segment.values()) {
      if (each.of(segment) > 0) {
        parts.add(segment.word() + ": " + each.of(segment));
      }
    }
    return parts.stream().collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static @Nullable BigDecimal cached(List<Measured.Attempts> attempts) {
    var input = attempts.stream().mapToLong(each -> each.usage().inputTotal()).sum();
    var read = attempts.stream().mapToLong(each -> each.usage().cacheRead()).sum();
    return input == 0 ? null : BigDecimal.valueOf(read).divide(BigDecimal.valueOf(input), DIGITS);
  }

  private static void share(Map<String, String> fields, String name, @Nullable BigDecimal share) {
    if (share != null && share.signum() > 0) {
      fields.put(name, percent(share));
    }
  }

  private static String percent(BigDecimal share) {
    return share
            .multiply(HUNDRED)
            .min(HUNDRED)
            .setScale(PERCENT_DIGITS, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  private static long mean(long sum, List<Measured.Attempts> attempts) {
    var count = attempts.stream().mapToLong(Measured.Attempts::count).sum();
    return BigDecimal.valueOf(sum)
        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static String whole(BigDecimal number) {
    return number.setScale(0, RoundingMode.HALF_UP).toPlainString();
  }

  /// Each tier with the model that most of its attempts went to: in the order of the policy, then
  /// by what an attempt cost.
  private static SequencedMap<String, ModelId> tiers(
      List<Measured> routes, @Nullable Policy policy) {
    var counts = new HashMap<String, Map<ModelId, Long>>();
    var costs = new HashMap<String, BigDecimal>();
    for (var route : routes) {
      for (var each : route.attempts()) {
        counts
            .computeIfAbsent(each.tier(), _ -> new LinkedHashMap<>())
            .merge(each.model(), each.count(), Long::sum);
        costs.merge(
            each.tier(),
            each.usd().divide(BigDecimal.valueOf(each.count()), DIGITS),
            BigDecimal::max);
      }
    }
    var order = new LinkedHashSet<String>();
    if (policy != null) {
      policy.tiers().stream()
          .map(tier -> tier.name())
          .filter(counts::containsKey)
          .forEach(order::add);
    }
    counts.keySet().stream()
        .sorted(Comparator.comparing((String tier) -> costs.getOrDefault(tier, BigDecimal.ZERO)))
        .forEach(order::add);
    var tiers = new LinkedHashMap<String, ModelId>();
    for (var tier : order) {
      counts.getOrDefault(tier, Map.of()).entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(most -> tiers.put(tier, most.getKey()));
    }
    return tiers;
  }

  /// A name as YAML takes it in a flow mapping.
  private static String plain(@Nullable String name) {
    var text = Objects.requireNonNullElse(name, Place.NONE);
    return text.matches("[A-Za-z][A-Za-z0-9._-]*")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
