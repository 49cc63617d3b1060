package io.faregate.store.duckdb;

import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import io.faregate.store.ActionRows;
import io.faregate.store.AttemptCellRows;
import io.faregate.store.AttemptRows;
import io.faregate.store.CallCellRows;
import io.faregate.store.CallRows;
import io.faregate.store.PremiumRows;
import io.faregate.store.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;

/// What one batch of entries adds to the ledger, found within its transaction: the rows that are
/// not there yet, and by how much the cells change for them.
final class EntryBatch {
  private final List<CallEntry> newCalls = new ArrayList<>();
  private final List<AttemptEntry> newAttempts = new ArrayList<>();
  private final AttemptCellRows attemptCells = new AttemptCellRows();
  private final CallCellRows callCells = new CallCellRows();
  private final ActionRows actions = new ActionRows();
  private final PremiumRows premium = new PremiumRows();
  private final Set<String> calls = new HashSet<>();
  private final Set<AttemptKey> attempts = new HashSet<>();
  private final Map<AttemptKey, AttemptEntry> latest = new HashMap<>();

  /// An attempt (revision -1) or one revision of it.
  private record AttemptKey(String call, int attempt, int revision) {
    static AttemptKey of(AttemptEntry entry) {
      return new AttemptKey(entry.call(), entry.attempt(), -1);
    }
  }

  /// Sorts the entries out.
  ///
  /// @param highest the highest id of a call in the ledger: nothing is stored of calls above it
  static EntryBatch of(List<Entry> entries, String highest, DuckDBConnection connection)
      throws SQLException {
    var batch = new EntryBatch();
    batch.lookUp(entries, highest, connection);
    for (var entry : entries) {
      switch (entry) {
        case StartedEntry _ -> {} // It leaves no row: its attempt will.
        case AttemptEntry attempt -> batch.add(attempt);
        case CallEntry call -> batch.add(call);
        case PremiumEntry credit -> batch.premium.add(credit);
      }
    }
    return batch;
  }

  /// Ids are ordered by time, so that few calls of a batch can be in the ledger already.
  private void lookUp(List<Entry> entries, String highest, DuckDBConnection connection)
      throws SQLException {
    var ids = new TreeSet<String>();
    for (var entry : entries) {
      if (entry.call().compareTo(highest) <= 0) {
        ids.add(entry.call());
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    try (var select = connection.prepareStatement(CallRows.SELECT_PRESENT)) {
      bind(select, ids, connection);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          calls.add(rows.getString(1));
        }
      }
    }
    try (var select = connection.prepareStatement(AttemptRows.SELECT)) {
      bind(select, ids, connection);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var stored = AttemptRows.read(new Row(rows));
          attempts.add(new AttemptKey(stored.call(), stored.attempt(), stored.revision()));
          latest.put(AttemptKey.of(stored), stored);
        }
      }
    }
  }

  /// Binds the calls of a query, and their bounds, by which DuckDB leaves out most of the table.
  static void bind(
      PreparedStatement select, NavigableSet<String> calls, DuckDBConnection connection)
      throws SQLException {
    select.setArray(1, connection.createArrayOf("VARCHAR", calls.toArray()));
    select.setString(2, calls.first());
    select.setString(3, calls.last());
  }

  private void add(CallEntry entry) {
    if (calls.add(entry.call())) {
      newCalls.add(entry);
      callCells.add(entry);
      actions.add(entry);
    }
  }

  private void add(AttemptEntry entry) {
    if (!attempts.add(new AttemptKey(entry.call(), entry.attempt(), entry.revision()))) {
      return;
    }
    newAttempts.add(entry);
    var before = latest.get(AttemptKey.of(entry));
    if (before != null && before.revision() > entry.revision()) {
      return; // It was corrected before it came.
    }
    if (before != null) {
      attemptCells.add(before, -1);
      actions.add(before, -1);
    }
    attemptCells.add(entry, 1);
    actions.add(entry, 1);
    latest.put(AttemptKey.of(entry), entry);
  }

  /// Writes the new rows, and the changes of cells into their temporary tables.
  void write(DuckDBConnection connection) throws SQLException {
    try (var rows = AppenderRows.to(connection, "calls")) {
      for (var call : newCalls) {
        CallRows.write(rows, call);
      }
    }
    try (var rows = AppenderRows.to(connection, "attempts")) {
      for (var attempt : newAttempts) {
        AttemptRows.write(rows, attempt);
      }
    }
    try (var rows = AppenderRows.toTemporary(connection, "attempt_cell_changes")) {
      attemptCells.write(rows);
    }
    try (var rows = AppenderRows.toTemporary(connection, "call_cell_changes")) {
      callCells.write(rows);
    }
    try (var rows = AppenderRows.toTemporary(connection, "action_changes")) {
      actions.write(rows);
    }
    premium.write(connection);
  }
}
