package io.faregate.config.catalogue;

import io.faregate.call.Capability;
import io.faregate.call.ModelId;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.money.TokenKind;
import io.faregate.policy.Model;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a catalogue in the format of `catalogue.yaml`, as [Catalogue#read] reads it.
public final class CatalogueText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");
  private static final int MILLIONS = 6;

  private final StringBuilder text = new StringBuilder();

  private CatalogueText() {}

  /// The catalogue as text, models and vendors in alphabetical order.
  ///
  /// @param comment what the file says of itself, on lines of their own
  public static String of(Catalogue catalogue, String comment) {
    var writer = new CatalogueText();
    comment.lines().forEach(line -> writer.line(("# " + line).stripTrailing()));
    writer.line("checked: " + catalogue.prices().date());
    if (!catalogue.urls().isEmpty()) {
      writer.line("vendors:");
      new TreeMap<>(catalogue.urls())
          .forEach((vendor, url) -> writer.line("  %s: %s".formatted(vendor, quoted(url))));
    }
    writer.line(catalogue.models().isEmpty() ? "models: {}" : "models:");
    catalogue.models().values().stream()
        .sorted(Comparator.comparing(model -> model.id().toString()))
        .forEach(model -> writer.model(model, rows(catalogue, model.id())));
    return writer.text.toString();
  }

  private static List<Price> rows(Catalogue catalogue, ModelId id) {
    return catalogue.prices().all().getOrDefault(id.toString(), List.of());
  }

  private void model(Model model, List<Price> rows) {
    line("  %s:".formatted(quoted(model.id().toString())));
    line("    kind: " + (model.embedding() ? "embedding" : "chat"));
    if (model.windowTokens() != null) {
      line("    window: " + model.windowTokens());
    }
    if (model.maxOutputTokens() != null) {
      line("    max_output: " + model.maxOutputTokens());
    }
    if (model.can() != null && !model.can().isEmpty()) {
      line(
          model.can().stream()
              .map(Capability::word)
              .sorted()
              .collect(Collectors.joining(", ", "    can: [", "]")));
    }
    if (!rows.isEmpty()) {
      line("    prices:");
      rows.stream()
          .sorted(Comparator.comparing(Price::from).thenComparing(Price::serviceTier))
          .forEach(this::row);
    }
  }

  private void row(Price row) {
    line("      - from: " + row.from());
    if (row.until() != null) {
      line("        until: " + row.until());
    }
    if (row.announced() != null) {
      line("        announced: " + row.announced());
    }
    line("        source: " + quoted(row.source()));
    line("        %s: %s".formatted(PriceRows.key(row.serviceTier(), false), rates(row.rates())));
    if (!row.above().isEmpty()) {
      var starts =
          row.above().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + rates(entry.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
      line("        %s: %s".formatted(PriceRows.key(row.serviceTier(), true), starts));
    }
  }

  private static String rates(Rates rates) {
    var parts = new ArrayList<String>();
    for (var kind : TokenKind.values()) {
      add(parts, kind.word(), rates.rate(kind));
    }
    add(parts, "reasoning", rates.reasoning());
    var fee = rates.perCall();
    if (fee != null) {
      var each = new BigDecimal(fee.usdPerMillion()).movePointLeft(MILLIONS);
      parts.add("per_call: " + each.stripTrailingZeros().toPlainString());
    }
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  private static void add(List<String> parts, String name, @Nullable Rate rate) {
    if (rate != null) {
      parts.add(name + ": " + rate.usdPerMillion());
    }
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches()
        ? value
        : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
