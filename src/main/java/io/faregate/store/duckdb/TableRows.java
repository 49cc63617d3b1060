package io.faregate.store.duckdb;

import io.faregate.store.ActionRows;
import io.faregate.store.AttemptCellRows;
import io.faregate.store.AttemptRows;
import io.faregate.store.CallCellRows;
import io.faregate.store.CallRows;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// The ways into the tables of the ledger, kept as long as the connection that writes: rows of
/// calls and attempts are inserted, sums are merged into those that are there.
record TableRows(
    ColumnRows calls,
    ColumnRows attempts,
    ColumnRows attemptCells,
    ColumnRows callCells,
    ColumnRows actions) {
  static TableRows of(DuckDBConnection writer) throws SQLException {
    return new TableRows(
        new ColumnRows(writer, "calls", CallRows.INSERT),
        new ColumnRows(writer, "attempts", AttemptRows.INSERT),
        new ColumnRows(writer, "attempt_cells", AttemptCellRows.MERGE),
        new ColumnRows(writer, "call_cells", CallCellRows.MERGE),
        new ColumnRows(writer, "actions", ActionRows.MERGE));
  }

  /// Drops what a transaction that failed has left.
  void clear() {
    calls.clear();
    attempts.clear();
    attemptCells.clear();
    callCells.clear();
    actions.clear();
  }
}
