package io.faregate.cli.workbook;

import io.faregate.worksheet.plan.ChainTier;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/// The tiers of chains, whose rates follow from failure probabilities. Source: FORMULAS §2.2, whose
/// letters name the columns.
final class ChainSheet {
  private static final String COST = "RHO T";
  private static final String REST = "REST";
  private static final int MILLIONTH_DIGITS = 6;

  private final Grid grid;

  ChainSheet(Workbook workbook, String name) {
    this.grid =
        new Grid(
            workbook,
            name,
            List.of(
                "TIER",
                "FAILED",
                "RETRIES",
                "REJECTED",
                "CORRELATED",
                "C",
                "K",
                "A",
                "E",
                "S",
                "RHO",
                "T",
                COST,
                REST));
  }

  /// What a tier costs, as formulas.
  ///
  /// @param attempt one attempt
  /// @param check the look at one answer
  /// @param billed the part of a failed attempt that is billed
  record Costs(String attempt, String check, String billed) {}

  /// Writes a tier and answers with its row.
  ///
  /// @param reached the share of calls that reach it, as a formula
  int add(ChainTier tier, long correlated, Costs costs, String reached) {
    int row = grid.addRow();
    grid.text("TIER", row, tier.target().name());
    share("FAILED", row, tier.failed());
    grid.input("RETRIES", row, BigDecimal.valueOf(tier.retries()), Formats.COUNT);
    share("REJECTED", row, tier.rejected());
    share("CORRELATED", row, correlated);
    money("C", row, costs.attempt());
    money("K", row, costs.check());
    grid.formula("RHO", row, reached, Formats.SHARE);
    odds(row);
    var a = grid.cell("A", row);
    money(
        "T",
        row,
        "%s*(%s+%s*(%s-%s))+%s*%s"
            .formatted(
                grid.cell("C", row),
                a,
                costs.billed(),
                grid.cell("E", row),
                a,
                a,
                grid.cell("K", row)));
    var rho = grid.cell("RHO", row);
    money(COST, row, "IF(%1$s=0,0,%1$s*%2$s)".formatted(rho, grid.cell("T", row)));
    grid.formula(REST, row, "%s*(1-%s)".formatted(rho, grid.cell("S", row)), Formats.SHARE);
    return row;
  }

  /// What the calls of a tier are named in the sheet of calls.
  static String role(int tier) {
    return "tier " + (tier + 1);
  }

  /// The cell with what a tier costs each call that starts; `unpriced` when unknown.
  String usd(int row) {
    return grid.cell(COST, row);
  }

  /// The cell with the share of calls that go on to the next tier.
  String rest(int row) {
    return grid.cell(REST, row);
  }

  private void odds(int row) {
    var f = grid.cell("FAILED", row);
    var r = grid.cell("RETRIES", row);
    var q = grid.cell("CORRELATED", row);
    // A spreadsheet has no 0^0.
    var power = "IF(%2$s=0,1,%1$s^%2$s)".formatted(f, r);
    grid.formula("A", row, "1-%1$s*(%2$s+(1-%2$s)*%3$s)".formatted(f, q, power), Formats.SHARE);
    grid.formula(
        "E",
        row,
        "1+%1$s*(%2$s*%3$s+(1-%2$s)*IF(%1$s=1,%3$s,(1-%4$s)/(1-%1$s)))".formatted(f, q, r, power),
        Formats.USD_OF_A_CALL);
    grid.formula(
        "S",
        row,
        "%s*(1-%s)".formatted(grid.cell("A", row), grid.cell("REJECTED", row)),
        Formats.SHARE);
  }

  private void money(String column, int row, String formula) {
    grid.formula(
        column, row, "IFERROR(%s,%s)".formatted(formula, Formats.UNPRICED), Formats.USD_OF_A_CALL);
  }

  private void share(String column, int row, long millionths) {
    grid.input(column, row, BigDecimal.valueOf(millionths, MILLIONTH_DIGITS), Formats.SHARE);
  }
}
