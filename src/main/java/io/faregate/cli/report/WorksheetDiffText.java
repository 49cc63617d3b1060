package io.faregate.cli.report;

import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.worksheet.compare.Difference;
import io.faregate.worksheet.compare.Thresholds.Finding;
import io.faregate.worksheet.compare.WorksheetDiff;
import io.faregate.worksheet.cost.Costing;
import io.faregate.worksheet.cost.WorkflowCost;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is different between two worksheets, ready to be pasted into a pull request.
public final class WorksheetDiffText {
  private final Terminal terminal;
  private final Paper paper;

  /// @param markdown whether to write Markdown instead of tables for a screen
  public WorksheetDiffText(Terminal terminal, boolean markdown) {
    this.terminal = terminal;
    this.paper = new Paper(terminal, markdown);
  }

  /// Prints past, new and difference, and what is over a threshold.
  public void print(WorksheetDiff diff, List<Finding> findings) {
    var places = Math.min(places(diff.past()), places(diff.next()));
    paper.title(title(diff, places));
    routes(diff, places);
    actions(diff);
    var unchanged = diff.routes().stream().filter(each -> each.monthly().isNothing()).count();
    if (unchanged > 0) {
      terminal.data("");
      terminal.data(Figures.counted(unchanged, "route") + " without a difference");
    }
    paper.list("Over a threshold", findings.stream().map(Finding::text).toList());
  }

  private static int places(Costing costing) {
    return Dollars.places(costing.totalUsd());
  }

  private static String sum(Costing costing, int places) {
    return Dollars.sum(costing.totalUsd(), costing.unpriced(), places);
  }

  private static String title(WorksheetDiff diff, int places) {
    var total = diff.total();
    var change = WorksheetText.change(total);
    return "Estimate: the month changes by %s%s, from %s to %s dollars (prices of %s)"
        .formatted(
            total.usd() == null ? "an unknown amount" : Dollars.difference(total.usd(), places),
            change == null ? "" : " (" + change + ")",
            sum(diff.past(), places),
            sum(diff.next(), places),
            days(diff));
  }

  private static String days(WorksheetDiff diff) {
    var past = diff.past().worksheet().day();
    var next = diff.next().worksheet().day();
    return past.equals(next) ? past.toString() : past + ", then " + next;
  }

  private void routes(WorksheetDiff diff, int places) {
    var table =
        new Table()
            .names("WORKFLOW", "STEP")
            .numbers("PAST", "NEW", "DIFFERENCE", "CHANGE", "NEW PER COMPLETED")
            .spare("NEW PER COMPLETED", "CHANGE");
    for (var route : diff.routes()) {
      var monthly = route.monthly();
      var next = route.next();
      if (monthly.isNothing()) {
        continue;
      }
      table.row(
          route.either().route().workflow(),
          route.either().route().step(),
          cell(monthly.past(), monthly.before(), places),
          cell(monthly.next(), monthly.after(), places),
          Dollars.difference(monthly.usd(), places),
          word(monthly),
          next == null ? null : WorksheetText.perCall(next, next.perCompletedUsd()));
    }
    var total = diff.total();
    table.row(
        "total",
        "",
        sum(diff.past(), places),
        sum(diff.next(), places),
        Dollars.difference(total.usd(), places),
        WorksheetText.change(total),
        "");
    paper.table("Dollars a month", table);
  }

  private static @Nullable String cell(@Nullable BigDecimal usd, boolean there, int places) {
    return there ? Dollars.shown(usd, places) : null;
  }

  private static @Nullable String word(Difference monthly) {
    if (!monthly.before()) {
      return "new";
    }
    return monthly.after() ? WorksheetText.change(monthly) : "removed";
  }

  private void actions(WorksheetDiff diff) {
    var table = new Table().names("WORKFLOW").numbers("PAST", "NEW", "DIFFERENCE", "CHANGE");
    for (var workflow : diff.next().workflows()) {
      var past = diff.past(workflow);
      var difference =
          new Difference(
              past.map(WorkflowCost::perCompletedUsd).orElse(null),
              workflow.perCompletedUsd(),
              past.isPresent(),
              true);
      if (workflow.actions() == null) {
        continue;
      }
      table.row(
          workflow.workflow(),
          past.map(each -> WorksheetText.perAction(each, each.perCompletedUsd())).orElse(null),
          WorksheetText.perAction(workflow, workflow.perCompletedUsd()),
          Dollars.difference(difference.usd(), Dollars.OF_A_CALL),
          word(difference));
    }
    paper.table("Dollars for each completed action", table);
  }
}
