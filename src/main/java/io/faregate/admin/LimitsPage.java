package io.faregate.admin;

import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every limit as it stands, and the way to those that nobody set.
///
/// @param zone whose days and months the windows are
/// @param limits those in money and the premium shares
/// @param all whether also those that nobody set are among them
public record LimitsPage(ZoneId zone, List<Document> limits, boolean all) {
  private static final BigDecimal NEARLY = new BigDecimal("0.8");
  private static final int FINE = 4;

  public LimitsPage {
    limits = List.copyOf(limits);
  }

  /// The limits in money.
  public List<Document> amounts() {
    return limits.stream().filter(limit -> !premium(limit)).toList();
  }

  /// The premium shares.
  public List<Document> shares() {
    return limits.stream().filter(LimitsPage::premium).toList();
  }

  /// Before when calls may be missing in what limits count; null when none is.
  public @Nullable String missingBefore() {
    return limits.stream()
        .map(limit -> limit.text("missing_before"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /// The three limits of which the most is used.
  public List<Document> tightest() {
    return amounts().stream()
        .filter(limit -> limit.text("limit_usd") != null)
        .sorted(Comparator.comparing(LimitsPage::used).reversed())
        .limit(3)
        .toList();
  }

  /// How much of a limit is spent, held or in doubt: from 0 to 1, and nothing fits a limit of zero.
  public static BigDecimal used(Document limit) {
    var whole = new BigDecimal(limit.text("limit_usd", "0"));
    if (whole.signum() == 0) {
      return BigDecimal.ONE;
    }
    var free = new BigDecimal(limit.text("free_usd", "0"));
    return BigDecimal.ONE.subtract(free.divide(whole, FINE, RoundingMode.DOWN));
  }

  /// What is left of a limit in a word, so that no colour has to say it.
  public static String word(Document limit) {
    var used = used(limit);
    if (used.compareTo(BigDecimal.ONE) >= 0) {
      return "used up";
    }
    return used.compareTo(NEARLY) >= 0 ? "tight" : "";
  }

  /// An amount; a dash where nobody set one.
  public static String money(@Nullable String usd) {
    return usd == null ? "–" : Figures.money(usd);
  }

  private static boolean premium(Document limit) {
    return limit.text("limit", "").equals(LimitDocument.PREMIUM_SHARE);
  }
}
