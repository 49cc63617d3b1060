package io.faregate.cli.worksheet;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.config.worksheet.Ground;
import io.faregate.ledger.Span;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The text of a worksheet of what a ledger has. What no ledger can tell, such as how many calls
/// were never completed, is left to people to add.
final class MeasuredFile {
  private static final BigDecimal MONTH = BigDecimal.valueOf(Duration.ofDays(30).toSeconds());
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final String FALLBACK_RETRY_RATE = "fallback_retry_rate";
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
    var used = used(route);
    var fields = new LinkedHashMap<String, String>();
    fields.put("workflow", plain(route.place().workflow()));
    fields.put("step", plain(route.place().step()));
    fields.put("first", plain(first.get().tier()));
    var fallback = route.most(AttemptKind.FALLBACK);
    fallback.ifPresent(most -> fields.put("fallback", plain(most.tier())));
    fields.put("requests", whole(BigDecimal.valueOf(route.calls()).divide(months(span), DIGITS)));
    fields.put("input_tokens", input(used));
    fields.put(
        "output_tokens",
        Long.toString(mean(used.stream().mapToLong(each -> each.usage().output()).sum(), used)));
    var service = service(route);
    if (service != ServiceTier.STANDARD) {
      fields.put("service", service.word());
    }
    share(fields, "cached_share", ofInput(used, Usage::cacheRead));
    var rates = rates(route, first.get().tier());
    rates.forEach((name, rate) -> {
      if (rate.signum() > 0 || name.equals(FALLBACK_RETRY_RATE)) {
        fields.put(name, percent(rate));
      }
    });
    check(route).ifPresent(check -> fields.put("check", check));
    fields.put("basis", "measured");
    return fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue())
            .collect(Collectors.joining(", ", "  - { ", " }\n"))
        + elsewhere(route)
        + leftOut(route, rates);
  }

  /// The attempts that tell how long calls are: the first ones that have a usage, or else those
  /// that came after them. A model that failed throughout says nothing of it, and would make a step
  /// that cost money look free.
  private static List<Attempts> used(Measured route) {
    return Stream.of(AttemptKind.FIRST, AttemptKind.RETRY, AttemptKind.FALLBACK)
        .map(kind ->
            route.of(kind).stream().filter(each -> !each.usage().equals(Usage.NONE)).toList())
        .filter(attempts -> !attempts.isEmpty())
        .findFirst()
        .orElse(route.of(AttemptKind.FIRST));
  }

  /// What most of the first attempts were served as.
  private static ServiceTier service(Measured route) {
    var counts = new EnumMap<ServiceTier, Long>(ServiceTier.class);
    route
        .of(AttemptKind.FIRST)
        .forEach(each -> counts.merge(each.service(), each.count(), Long::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(ServiceTier.STANDARD);
  }

  /// The rates of a row, also above 100%. Retries on a tier of the fallbacks are theirs, unless the
  /// row begins on it; without a rate of their own a worksheet takes that of the first tier.
  private static SequencedMap<String, BigDecimal> rates(Measured route, String firstTier) {
    var fallbacks =
        route.of(AttemptKind.FALLBACK).stream().map(Attempts::tier).collect(Collectors.toSet());
    fallbacks.remove(firstTier);
    var retriesThere =
        route.of(AttemptKind.RETRY).stream()
            .filter(each -> fallbacks.contains(each.tier()))
            .mapToLong(Attempts::count)
            .sum();
    var first = route.count(AttemptKind.FIRST);
    var fallback = route.count(AttemptKind.FALLBACK);
    var rates = new LinkedHashMap<String, BigDecimal>();
    rates.put("retry_rate", ratio(route.count(AttemptKind.RETRY) - retriesThere, first));
    if (fallback > 0) {
      rates.put("fallback_rate", ratio(fallback, first));
      rates.put(FALLBACK_RETRY_RATE, ratio(retriesThere, fallback));
    }
    return rates;
  }

  /// What was so, and no row can say.
  private static String leftOut(Measured route, Map<String, BigDecimal> rates) {
    var name = route.place().name();
    var remarks = new StringBuilder();
    var service = service(route);
    var sent =
        Stream.of(AttemptKind.FIRST, AttemptKind.RETRY, AttemptKind.FALLBACK)
            .flatMap(kind -> route.of(kind).stream())
            .toList();
    var others =
        sent.stream().filter(each -> each.service() != service).mapToLong(Attempts::count).sum();
    if (others > 0) {
      remarks.append(
          "  # %s: %s of its attempts were not served as %s, whose price the row has\n"
              .formatted(name, percent(ratio(others, count(sent))), service.word()));
    }
    var written = ofInput(used(route), each -> each.cacheWrite5m() + each.cacheWrite1h());
    if (written != null && written.signum() > 0) {
      remarks.append(
          """
            # %s: %s of the input was written to a cache, which the row prices as input that is \
          not cached
          """
              .formatted(name, percent(written)));
    }
    rates.forEach((rate, share) -> {
      if (share.compareTo(BigDecimal.ONE) > 0) {
        remarks.append(
            "  # %s: %s was %s, and a row has 100%% at most\n".formatted(name, rate, uncut(share)));
      }
    });
    return remarks.toString();
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
                    percent(ratio(others, route.count(kind))),
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

  private static @Nullable BigDecimal ofInput(
      List<Measured.Attempts> attempts, ToLongFunction<Usage> part) {
    var input = attempts.stream().mapToLong(each -> each.usage().inputTotal()).sum();
    var tokens = attempts.stream().mapToLong(each -> part.applyAsLong(each.usage())).sum();
    return input == 0 ? null : ratio(tokens, input);
  }

  private static BigDecimal ratio(long part, long whole) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DIGITS);
  }

  private static void share(Map<String, String> fields, String name, @Nullable BigDecimal share) {
    if (share != null && share.signum() > 0) {
      fields.put(name, percent(share));
    }
  }

  private static String percent(BigDecimal share) {
    return uncut(share.min(BigDecimal.ONE));
  }

  private static String uncut(BigDecimal share) {
    return share
            .multiply(HUNDRED)
            .setScale(PERCENT_DIGITS, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  private static long mean(long sum, List<Measured.Attempts> attempts) {
    return BigDecimal.valueOf(sum)
        .divide(BigDecimal.valueOf(count(attempts)), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static long count(List<Attempts> attempts) {
    return attempts.stream().mapToLong(Attempts::count).sum();
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
