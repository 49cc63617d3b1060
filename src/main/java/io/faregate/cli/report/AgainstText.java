package io.faregate.cli.report;

import io.faregate.cli.terminal.Table;
import io.faregate.cli.terminal.Terminal;
import io.faregate.worksheet.measured.Explained.Factor;
import io.faregate.worksheet.measured.PlanAgainst;
import io.faregate.worksheet.measured.PlanAgainst.Line;
import io.faregate.worksheet.report.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Plan and actual of each route, and what explains the difference.
public final class AgainstText {
  private static final int PLACES = 4;

  private final Paper paper;

  /// @param markdown whether to write Markdown instead of tables for a screen
  public AgainstText(Terminal terminal, boolean markdown) {
    this.paper = new Paper(terminal, markdown);
  }

  /// Prints both tables.
  public void print(PlanAgainst against) {
    paper.title(
        "Plan and actual from %s to %s, in dollars; the plan is %s of its month"
            .formatted(
                against.span().from(), against.span().to(), Words.percent(against.months(), 1)));
    costs(against);
    parts(against);
    paper.list("Worth saying", against.remarks());
  }

  private void costs(PlanAgainst against) {
    var table =
        new Table()
            .names("WORKFLOW", "STEP")
            .numbers("CALLS PLANNED", "CALLS", "PLANNED", "ACTUAL", "DIFFERENCE", "CHANGE")
            .numbers("FALLBACK PLANNED", "FALLBACK", "IN DOUBT", "UNPRICED")
            .optional("IN DOUBT", "UNPRICED", "FALLBACK PLANNED", "FALLBACK")
            .spare("CALLS PLANNED", "CHANGE", "FALLBACK PLANNED");
    for (var line : against.lines()) {
      table.row(
          line.place().workflow(),
          line.place().step(),
          line.plannedCalls() == null ? null : Words.count(line.plannedCalls()),
          Figures.count(line.calls()),
          planned(line),
          Dollars.shown(line.actual(), PLACES),
          line.planned() == null ? null : Dollars.difference(line.difference(), PLACES),
          change(line),
          Words.percent(line.plannedFallback(), 1),
          Words.percent(line.fallback(), 1),
          line.inDoubt().signum() == 0 ? null : Dollars.shown(line.inDoubt(), PLACES),
          line.unpriced() == 0 ? null : Figures.count(line.unpriced()));
    }
    var total = against.total();
    table.row(
        "total",
        "",
        "",
        Figures.count(total.calls()),
        planned(total),
        Dollars.shown(total.actual(), PLACES),
        Dollars.difference(total.difference(), PLACES),
        change(total),
        "",
        "",
        total.inDoubt().signum() == 0 ? null : Dollars.shown(total.inDoubt(), PLACES),
        total.unpriced() == 0 ? null : Figures.count(total.unpriced()));
    paper.table("", table);
  }

  private static String planned(Line line) {
    return line.isPlanned() ? Dollars.shown(line.planned(), PLACES) : "not planned";
  }

  private static @Nullable String change(Line line) {
    var planned = line.planned();
    var difference = line.difference();
    if (planned == null || difference == null || planned.signum() == 0) {
      return null;
    }
    var share = difference.divide(planned, MathContext.DECIMAL128);
    return (share.signum() > 0 ? "+" : "") + Words.percent(share, 1);
  }

  private void parts(PlanAgainst against) {
    var table =
        new Table()
            .names("WORKFLOW", "STEP")
            .numbers("DIFFERENCE", "CALLS", "RETRIES", "FALLBACKS", "CHECKS", "INPUT", "OUTPUT")
            .numbers("PRICE, CACHE, MODEL")
            .optional("RETRIES", "FALLBACKS", "CHECKS");
    for (var line : against.lines()) {
      if (!line.parts().isEmpty()) {
        table.row(cells(line));
      }
    }
    paper.table("What explains the difference", table);
  }

  private static @Nullable Object[] cells(Line line) {
    var cells = new ArrayList<@Nullable Object>();
    cells.add(line.place().workflow());
    cells.add(line.place().step());
    cells.add(Dollars.difference(line.difference(), PLACES));
    var amounts = new ArrayList<@Nullable BigDecimal>();
    for (var factor : Factor.values()) {
      amounts.add(line.parts().getOrDefault(factor, BigDecimal.ZERO));
    }
    for (var amount : Dollars.column(amounts, PLACES)) {
      cells.add(amount == null || amount.signum() == 0 ? null : Dollars.difference(amount, PLACES));
    }
    return cells.toArray();
  }
}
