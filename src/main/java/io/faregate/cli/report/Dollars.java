package io.faregate.cli.report;

import io.faregate.money.Grouped;
import io.faregate.money.LargestRemainder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Columns of dollars whose cells add up to the total below them. Source: FORMULAS §1.1.
final class Dollars {
  /// Places of the cost of one call.
  static final int OF_A_CALL = 9;

  private static final BigDecimal MANY = BigDecimal.valueOf(10_000);
  private static final int CENTS = 2;
  private static final int EXACT = 5;

  private Dollars() {}

  /// The places that amounts of a month are shown with: cents, and more where a month is small.
  static int places(@Nullable BigDecimal total) {
    return total != null && total.abs().compareTo(MANY) >= 0 ? CENTS : EXACT;
  }

  /// The amounts rounded so that they add up to their rounded sum; unpriced ones stay null.
  static List<@Nullable BigDecimal> column(List<@Nullable BigDecimal> amounts, int places) {
    var priced = amounts.stream().filter(Objects::nonNull).toList();
    var rounded = LargestRemainder.rounded(priced, places).iterator();
    var column = new ArrayList<@Nullable BigDecimal>();
    amounts.forEach(amount -> column.add(amount == null ? null : rounded.next()));
    return Collections.unmodifiableList(column);
  }

  /// An amount with separators: `1,086.52940`; a null is unpriced.
  static String shown(@Nullable BigDecimal usd, int places) {
    return usd == null ? "unpriced" : Grouped.of(usd.setScale(places, RoundingMode.HALF_UP));
  }

  /// A difference with its sign: `+12.50`; a null is unknown.
  static String difference(@Nullable BigDecimal usd, int places) {
    if (usd == null) {
      return "unknown";
    }
    var rounded = usd.setScale(places, RoundingMode.HALF_UP);
    return (rounded.signum() > 0 ? "+" : "") + shown(rounded, places);
  }

  /// A sum, and how many things without a price it leaves out: `1,086.53 + 1 unpriced`.
  static String sum(@Nullable BigDecimal usd, long unpriced, int places) {
    return usd == null || unpriced == 0
        ? shown(usd, places)
        : shown(usd, places) + " + " + Grouped.of(unpriced) + " unpriced";
  }
}
