package io.faregate.config.catalogue;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.ValueText;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads prices in dollars per million tokens: `price`, `above`, and the other service tiers.
public final class PriceRows {
  private static final int NANO_DIGITS = 9;

  /// A million dollars per million tokens is a slip of the pen, too.
  private static final int MOST_DIGITS = 15;

  /// Digits beyond which a number is looked at no further: `1e999999999` would fill the memory.
  private static final int MOST_PRECISE = 100;

  private static final long MILLION = 1_000_000;

  /// A thousand dollars: more is a slip of the pen.
  private static final long MOST_FEE = 1_000_000_000_000L;

  /// Binary noise of a list that was once kept in floating point (`0.049999999999999996`) is within
  /// this of a whole nano-dollar; what is farther away is refused. Source: FORMULAS §1.1.
  private static final BigDecimal NOISE = new BigDecimal("0.001");

  private PriceRows() {}

  /// When a row holds, and who says so.
  public record Validity(
      LocalDate from, @Nullable LocalDate until, String source, @Nullable LocalDate announced) {
    /// Since ever, because the file says so.
    public static Validity always(String file) {
      return new Validity(LocalDate.EPOCH, null, file, null);
    }
  }

  /// The key of a service tier's rates, and of those above a start.
  static String key(ServiceTier tier, boolean above) {
    if (tier == ServiceTier.STANDARD) {
      return above ? "above" : "price";
    }
    return above ? tier.word() + "_above" : tier.word();
  }

  /// The rows of a mapping that has prices among its keys, one for each service tier.
  public static List<Price> read(Mapping file, Validity validity) {
    var rows = new ArrayList<Price>();
    for (var tier : ServiceTier.values()) {
      var key = key(tier, false);
      var above = key(tier, true);
      var dearer = above(file.mapping(above));
      if (file.has(above) && !file.has(key)) {
        file.key(above).error(above + " without " + key, "say in " + key + " what holds below it");
      }
      var rates = file.read(key, item -> rates(item.mapping()));
      if (rates != null) {
        rows.add(
            new Price(
                tier,
                rates,
                dearer,
                validity.from(),
                validity.until(),
                validity.source(),
                validity.announced()));
      }
    }
    return rows;
  }

  private static NavigableMap<Long, Rates> above(Mapping file) {
    var above = new TreeMap<Long, Rates>();
    for (var entry : file.all().entrySet()) {
      var start = ValueText.tokens(entry.getKey());
      if (start.isEmpty() || start.get() <= 0) {
        file.key(entry.getKey())
            .error(
                Item.shown(entry.getKey()) + " is not a number of tokens",
                "write where the price starts, like 200k");
      } else if (above.put(start.get(), rates(entry.getValue().mapping())) != null) {
        file.key(entry.getKey())
            .error(
                "%s has a price above %,d tokens twice".formatted(file.item().path(), start.get()),
                "remove one of them");
      }
    }
    return above;
  }

  private static Rates rates(Mapping file) {
    var rates =
        new Rates(
            rate(file, "input"),
            rate(file, "cache_read"),
            rate(file, "cache_write_5m"),
            rate(file, "cache_write_1h"),
            rate(file, "output"),
            rate(file, "reasoning"),
            fee(file));
    file.end();
    return rates;
  }

  private static @Nullable Rate rate(Mapping file, String key) {
    var nano = file.read(key, PriceRows::nano);
    return nano == null ? null : new Rate(nano);
  }

  /// Dollars for each call, kept like every rate: for a million of them.
  private static @Nullable Rate fee(Mapping file) {
    var nano =
        file.read(
            "per_call",
            item ->
                item.value(
                    text -> nano(text).filter(fee -> fee <= MOST_FEE),
                    "a fee",
                    "write dollars for one call without $, like 0.01"));
    return nano == null ? null : new Rate(nano * MILLION);
  }

  private static @Nullable Long nano(Item item) {
    return item.value(
        PriceRows::nano,
        "a price",
        "write dollars per million tokens without $, to the nano-dollar, like 2.5");
  }

  static Optional<Long> nano(String text) {
    return ValueText.isNumber(text) ? nano(new BigDecimal(text)) : Optional.empty();
  }

  /// Nano-dollars of dollars; empty for what is negative, far too much, or no whole number of them
  /// by more than binary noise.
  public static Optional<Long> nano(BigDecimal usd) {
    if (usd.signum() < 0
        || usd.precision() > MOST_PRECISE
        || Math.abs(usd.scale()) > MOST_PRECISE) {
      return Optional.empty();
    }
    var exact = usd.movePointRight(NANO_DIGITS);
    var whole = exact.setScale(0, RoundingMode.HALF_UP);
    var isClose = exact.subtract(whole).abs().compareTo(NOISE) <= 0;
    return isClose && whole.precision() <= MOST_DIGITS
        ? Optional.of(whole.longValue())
        : Optional.empty();
  }
}
