package io.faregate.admin;

import io.faregate.audit.Document;
import java.util.List;

/// The first page: how the process is, what today cost, and the latest calls.
///
/// @param review of today
/// @param calls the latest, latest first
public record HomePage(Status status, PolicyState policy, Document review, List<Document> calls) {
  public HomePage {
    calls = List.copyOf(calls);
  }

  /// The tables of what today cost.
  public List<Breakdown> breakdowns() {
    return List.of(
        new Breakdown("model", "Model", review.list("by_model")),
        new Breakdown("tier", "Tier", review.list("by_tier")),
        new Breakdown("workflow", "Workflow", review.list("by_workflow")));
  }

  /// What today cost, grouped by one field.
  public record Breakdown(String field, String title, List<Document> lines) {}
}
