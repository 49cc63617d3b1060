package io.faregate.admin;

import io.faregate.audit.Document;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Why one call went where it went.
public record CallPage(Document call) {
  /// The parts of its cost by kind of token.
  public List<Map.Entry<String, String>> costByKind() {
    return parts("cost_by_kind");
  }

  /// The parts of its cost by segment of the input, and the output.
  public List<Map.Entry<String, String>> costBySegment() {
    return parts("cost_by_segment");
  }

  /// The reasons in one line.
  public String reasons() {
    return String.join(", ", call.words("reasons"));
  }

  /// Whether it was answered on another tier than its first.
  public boolean moved() {
    var first = call.text("first_tier");
    return first != null && !first.equals(call.text("tier"));
  }

  /// The code of our own refusal; empty when the call was not refused.
  public String refusal() {
    return call.inner("refusal").text("code", "");
  }

  /// Since when its prices hold; `unpriced` when something was tried and no price was known.
  public String pricesSince() {
    var date = call.text("price_date");
    if (date == null) {
      return call.list("attempts").isEmpty() ? "–" : "unpriced";
    }
    return date.equals(LocalDate.EPOCH.toString()) ? "always" : date;
  }

  private List<Map.Entry<String, String>> parts(String field) {
    var parts = call.inner(field);
    return parts.fields().keySet().stream()
        .filter(part -> Figures.isMoney(parts.text(part)))
        .map(part -> Map.entry(part, Figures.exact(parts.text(part))))
        .toList();
  }
}
