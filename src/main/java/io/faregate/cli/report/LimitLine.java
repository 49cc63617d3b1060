package io.faregate.cli.report;

import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import io.faregate.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A limit in money, as a line of a table.
record LimitLine(Document limit) {
  /// What the signs of a bar mean.
  static final String LEGEND = "█ spent  ▓ held  ▒ in doubt  ░ free";

  /// The limits of which the most is used first.
  static final Comparator<LimitLine> TIGHTEST =
      Comparator.comparingDouble(LimitLine::used).reversed();

  private static final int CELLS = 10;
  private static final DateTimeFormatter RESET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ENGLISH);

  /// Those among the limits that are in money.
  static List<LimitLine> of(List<Document> limits) {
    return limits.stream().filter(limit -> !premium(limit)).map(LimitLine::new).toList();
  }

  /// Those among the limits that are premium shares.
  static List<Document> premium(List<Document> limits) {
    return limits.stream().filter(LimitLine::premium).toList();
  }

  /// Whether someone set it.
  boolean set() {
    return limit.text("limit_usd") != null;
  }

  /// Whether it is known how much of it is used, which a file does not tell.
  static boolean known(Document limit) {
    return limit.text(premium(limit) ? "credit" : "spent_usd") != null;
  }

  /// The part that is spent, held or in doubt; a limit of zero is used up.
  double used() {
    return set() ? part(nanoUsd("limit_usd") - nanoUsd("free_usd")) : 0;
  }

  /// One of the amounts, with as many places as its limit needs; null where nobody set it.
  @Nullable String amount(String field) {
    var usd = limit.text(field);
    var places = Figures.places(limit.text(set() ? "limit_usd" : "spent_usd"));
    return usd == null ? null : Figures.rounded(usd, places);
  }

  /// How much is used, as a bar and in per cent.
  String bar() {
    if (!set()) {
      return "no limit";
    }
    var spent = nanoUsd("spent_usd");
    var held = spent + nanoUsd("held_usd");
    var doubt = held + nanoUsd("in_doubt_usd");
    var bar = new StringBuilder();
    grow(bar, '█', spent);
    grow(bar, '▓', held);
    grow(bar, '▒', doubt);
    var percent = (int) Math.floor(used() * 100);
    return "%s%s %3d%%".formatted(bar, "░".repeat(CELLS - bar.length()), percent);
  }

  /// When it starts again at nothing.
  String reset(ZoneId zone) {
    return moment("resets_at", zone).orElse("-");
  }

  /// Before when calls may be missing in what it counts; empty when none is.
  Optional<String> missingBefore(ZoneId zone) {
    return moment("missing_before", zone);
  }

  private Optional<String> moment(String field, ZoneId zone) {
    return Optional.ofNullable(limit.text(field))
        .map(at -> RESET.format(Instant.parse(at).atZone(zone)));
  }

  private void grow(StringBuilder bar, char sign, long nanoUsd) {
    var cells = (int) Math.floor(part(nanoUsd) * CELLS);
    bar.repeat(sign, Math.max(0, Math.min(CELLS, cells) - bar.length()));
  }

  private double part(long nanoUsd) {
    var whole = nanoUsd("limit_usd");
    return whole == 0 ? 1 : Math.clamp((double) nanoUsd / whole, 0, 1);
  }

  private long nanoUsd(String field) {
    return Money.parse(limit.text(field, "0")).nanoUsd();
  }

  private static boolean premium(Document limit) {
    return limit.text("limit", "").equals(LimitDocument.PREMIUM_SHARE);
  }
}
