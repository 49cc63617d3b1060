package io.faregate.admin;

import io.faregate.audit.Document;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first page: how the process is, what today cost, and the latest calls.
///
/// @param limits those that are set
/// @param review of today
/// @param calls the latest, latest first
public record HomePage(
    Status status, PolicyState policy, LimitsPage limits, Document review, List<Document> calls) {
  private static final int TABLE_PLACES = 6;
  private static final int SHARE_PLACES = 6;

  public HomePage {
    calls = List.copyOf(calls);
  }

  /// Whether anything today is in doubt.
  public boolean inDoubt() {
    return Figures.isMoney(review.text("in_doubt_usd"));
  }

  /// Whether anything of the latest calls is in doubt, which may be of yesterday.
  public boolean callsInDoubt() {
    return calls.stream().anyMatch(call -> Figures.isMoney(call.text("in_doubt_usd")));
  }

  /// Whether anything today is unpriced.
  public boolean unpriced() {
    return review.number("unpriced_attempts") > 0;
  }

  /// An amount with the places that all amounts of a table have.
  public String cost(@Nullable String usd) {
    return Figures.money(usd, TABLE_PLACES);
  }

  /// The part that a line of a breakdown has in what today cost, from 0 to 1; null where one of
  /// them is not known, or today cost nothing yet.
  public @Nullable String share(Document line) {
    var total = review.text("total_usd");
    var cost = line.text("cost_usd");
    if (cost == null || !Figures.isMoney(total)) {
      return null;
    }
    return new BigDecimal(cost)
        .divide(new BigDecimal(total), SHARE_PLACES, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /// What a call was for.
  public static String work(Document call) {
    var workflow = call.text("workflow", "");
    var step = call.text("step", "");
    var task = call.text("task", "");
    if (!workflow.isEmpty()) {
      return step.isEmpty() ? workflow : workflow + "/" + step;
    }
    return task.isEmpty() ? "–" : task;
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
