package io.faregate.admin;

import io.faregate.audit.Document;
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

  private List<Map.Entry<String, String>> parts(String field) {
    return call.inner(field).fields().entrySet().stream()
        .map(part -> Map.entry(part.getKey(), Figures.money(String.valueOf(part.getValue()))))
        .toList();
  }
}
