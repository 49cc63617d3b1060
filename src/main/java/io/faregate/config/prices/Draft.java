package io.faregate.config.prices;

import io.faregate.config.catalogue.PriceRows;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A model of a list while it is read: its numbers, and what there is to say of them.
final class Draft {
  /// Longer texts are no numbers.
  private static final int LONGEST = 60;

  private final String name;
  private final Set<Remark> remarks = new LinkedHashSet<>();
  private boolean refused;

  /// @param name as the list has it
  Draft(String name) {
    this.name = name;
  }

  boolean isRefused() {
    return refused;
  }

  Set<Remark> remarks() {
    return remarks;
  }

  /// Leaves the model out.
  void refuse(String why) {
    if (!refused) {
      remarks.add(new Remark(Remark.Kind.REFUSED, name, why));
    }
    refused = true;
  }

  /// The rate of a field; null where it is absent. One that cannot be kept refuses the model.
  ///
  /// @param power of ten that makes dollars per million units of it: 6 for dollars per token
  @Nullable Rate rate(JsonNode fields, String key, int power) {
    return rateOf(fields.path(key), key, power);
  }

  /// The same of the value itself.
  @Nullable Rate rateOf(JsonNode value, String key, int power) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    var number = number(value);
    var usd = number == null ? null : number.movePointRight(power);
    var nano = usd == null ? null : PriceRows.nano(usd).orElse(null);
    if (usd == null || nano == null) {
      refuse("%s is %s, which is no price to the nano-dollar".formatted(key, shown(value)));
      return null;
    }
    var rate = new Rate(nano);
    if (usd.compareTo(new BigDecimal(rate.usdPerMillion())) != 0) {
      remarks.add(
          new Remark(
              Remark.Kind.REPAIRED,
              name,
              "%s %s is taken as %s per million"
                  .formatted(key, shown(value), rate.usdPerMillion())));
    }
    return rate;
  }

  /// Rates in which a 0 beside other prices is none: lists write it for what a vendor does not
  /// offer. A model all of whose rates are 0 is free.
  Rates priced(Rates read) {
    if (all(read).allMatch(rate -> rate.nanoUsdPerMillion() == 0)) {
      return read;
    }
    return new Rates(
        stated(read.input(), "input"),
        stated(read.cacheRead(), "cache_read"),
        stated(read.cacheWrite5m(), "cache_write_5m"),
        stated(read.cacheWrite1h(), "cache_write_1h"),
        stated(read.output(), "output"),
        Objects.equals(read.reasoning(), read.output()) ? null : positive(read.reasoning()),
        positive(read.perCall()));
  }

  /// The rate, unless it is 0: reasoning is then billed as output, and a call has no fee.
  private static @Nullable Rate positive(@Nullable Rate rate) {
    return rate == null || rate.nanoUsdPerMillion() == 0 ? null : rate;
  }

  /// The rates that are known.
  static Stream<Rate> all(Rates rates) {
    return Stream.of(
            rates.input(),
            rates.cacheRead(),
            rates.cacheWrite5m(),
            rates.cacheWrite1h(),
            rates.output(),
            rates.reasoning(),
            rates.perCall())
        .filter(Objects::nonNull);
  }

  private @Nullable Rate stated(@Nullable Rate rate, String kind) {
    if (rate == null || rate.nanoUsdPerMillion() != 0) {
      return rate;
    }
    remarks.add(
        new Remark(
            Remark.Kind.NO_PRICE, name, kind + " is 0 beside other prices, taken as unpriced"));
    return null;
  }

  private static @Nullable BigDecimal number(JsonNode value) {
    var text =
        value.isString() ? value.stringValue().strip() : value.isNumber() ? value.toString() : "";
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    try {
      var number = new BigDecimal(text);
      return Math.abs(number.scale()) > LONGEST ? null : number;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  private static String shown(JsonNode value) {
    var text = value.isString() ? value.stringValue() : value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
