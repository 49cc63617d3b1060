package io.faregate.dialect.translate.provider;

import io.faregate.dialect.ReportedUsage;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.money.Service;
import io.faregate.money.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The counts of a usage object as they come by: once, or again and again in a stream. Of repeated
/// reports the last value of each count holds, and none ever decreases. Source: FORMULAS §1.2.
public final class Counts {
  private static final BigDecimal ABSURD = BigDecimal.valueOf(1L << 40);

  private final Map<String, Long> counts = new HashMap<>();
  private boolean absurd;
  private @Nullable String raw;
  private @Nullable String serviceTier;
  private @Nullable String geo;

  /// Takes the counts of an object by their names; anything but an object says nothing.
  public void read(JsonNode usage, String... names) {
    if (!usage.isObject()) {
      return;
    }
    raw = Tree.text(usage);
    for (var name : names) {
      take(name, usage.at("/" + name));
    }
  }

  /// Takes a count.
  public void take(String name, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    var number = value.isNumber() ? value.decimalValue() : ABSURD;
    boolean count =
        number.signum() >= 0
            && number.compareTo(ABSURD) < 0
            && number.stripTrailingZeros().scale() <= 0;
    if (!count) {
      absurd = true;
      return;
    }
    counts.merge(name, number.longValue(), Math::max);
  }

  /// Takes the name of a service tier, if there is one.
  public void tier(String name) {
    serviceTier = name.isEmpty() ? serviceTier : name;
  }

  /// Takes the place where the model ran, if there is one.
  public void geo(String name) {
    geo = name.isEmpty() ? geo : name;
  }

  private Service service() {
    return Service.at(serviceTier).within(geo);
  }

  /// Whether a count has been reported.
  public boolean has(String name) {
    return counts.containsKey(name);
  }

  /// A count; 0 if it was not reported.
  public long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /// What has been said so far.
  ///
  /// @param usage the counts in disjoint kinds, or null if they contradict each other; not looked
  ///   at where nothing was reported
  public Reply.Spent spent(@Nullable Usage usage) {
    if (raw == null) {
      return new Reply.Spent(null, false, service());
    }
    if (absurd || usage == null) {
      return new Reply.Spent(null, true, service());
    }
    return new Reply.Spent(new ReportedUsage(usage, raw, null), false, service());
  }
}
