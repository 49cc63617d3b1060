package io.faregate.store.duckdb;

import io.faregate.store.ActionRows;
import io.faregate.store.AttemptCellRows;
import io.faregate.store.CallCellRows;
import io.faregate.store.Changes;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/// The tables of sums. Changes go into a temporary table of the same columns, since the appender
/// can only insert, and are merged from there.
enum Sums {
  ATTEMPT_CELLS(
      "attempt_cell_changes",
      "CREATE TEMP TABLE attempt_cell_changes AS SELECT * FROM attempt_cells LIMIT 0",
      AttemptCellRows.MERGE,
      "DELETE FROM attempt_cell_changes"),
  CALL_CELLS(
      "call_cell_changes",
      "CREATE TEMP TABLE call_cell_changes AS SELECT * FROM call_cells LIMIT 0",
      CallCellRows.MERGE,
      "DELETE FROM call_cell_changes"),
  ACTIONS(
      "action_changes",
      "CREATE TEMP TABLE action_changes AS SELECT * FROM actions LIMIT 0",
      ActionRows.MERGE,
      "DELETE FROM action_changes");

  private final String changesTable;
  private final String create;
  private final String merge;
  private final String clear;

  Sums(String changesTable, String create, String merge, String clear) {
    this.changesTable = changesTable;
    this.create = create;
    this.merge = merge;
    this.clear = clear;
  }

  /// Makes the temporary tables, once for each connection that writes.
  static void prepare(DuckDBConnection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var sums : values()) {
        statement.execute(sums.create);
      }
    }
  }

  /// Adds changes to these sums.
  void add(Changes changes, DuckDBConnection connection) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (var rows = AppenderRows.toTemporary(connection, changesTable)) {
      changes.write(rows);
    }
    try (var statement = connection.createStatement()) {
      statement.execute(merge);
      statement.execute(clear);
    }
  }
}
