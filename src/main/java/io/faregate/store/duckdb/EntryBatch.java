package io.faregate.store.duckdb;

import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.StartedEntry;
import io.faregate.ledger.StoreException;
import io.faregate.ledger.StoredCall;
import io.faregate.store.ActionRows;
import io.faregate.store.AttemptCellRows;
import io.faregate.store.AttemptRows;
import io.faregate.store.CallCellRows;
import io.faregate.store.CallRows;
import io.faregate.store.Changes;
import io.faregate.store.PremiumRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;

/// What one transaction adds to the ledger. A row is written as soon as its entry is taken; what
/// may be there already waits for the end, to be looked up together, and so do the cells.
final class EntryBatch {
  private final DuckDBConnection connection;
  private final RecentKeys recent;
  private final TableRows rows;
  private final AttemptCellRows attemptCells = new AttemptCellRows();
  private final CallCellRows callCells = new CallCellRows();
  private final ActionRows actions = new ActionRows();
  private final PremiumRows premium = new PremiumRows();
  private final List<Entry> doubtful = new ArrayList<>();

  /// A batch for the transaction of this connection.
  EntryBatch(DuckDBConnection connection, RecentKeys recent, TableRows rows) {
    this.connection = connection;
    this.recent = recent;
    this.rows = rows;
    rows.clear();
  }

  /// Takes the next entry.
  ///
  /// @throws StoreException if its row cannot be written
  void add(Entry entry) {
    try {
      switch (entry) {
        case StartedEntry _ -> {} // It leaves no row: its attempt will.
        case AttemptEntry attempt -> add(attempt);
        case CallEntry call -> add(call);
        case PremiumEntry credit -> premium.add(credit);
      }
    } catch (SQLException e) {
      throw new StoreException("cannot write a row of " + entry.call(), e);
    }
  }

  private void add(CallEntry entry) throws SQLException {
    if (recent.mayBeStored(entry.call(), 0)) {
      doubtful.add(entry);
    } else {
      write(entry);
    }
  }

  private void add(AttemptEntry entry) throws SQLException {
    if (recent.mayBeStored(entry.call(), entry.attempt()) || entry.revision() > 0) {
      doubtful.add(entry);
    } else {
      write(entry);
    }
  }

  private void write(CallEntry entry) throws SQLException {
    write(new StoredCall(entry, List.of()));
  }

  private void write(StoredCall call) throws SQLException {
    CallRows.write(rows.calls(), call.call());
    callCells.add(call, 1);
    actions.add(call.call());
  }

  private void write(AttemptEntry entry) throws SQLException {
    AttemptRows.write(rows.attempts(), entry);
    count(entry, 1);
  }

  private void count(AttemptEntry entry, int sign) {
    attemptCells.add(entry, sign);
    actions.add(entry, sign);
  }

  /// Writes what is left to write.
  void finish() throws SQLException {
    if (!doubtful.isEmpty()) {
      flush();
      writeDoubtful();
    }
    flush();
    merge(attemptCells, rows.attemptCells());
    merge(callCells, rows.callCells());
    merge(actions, rows.actions());
    premium.write(connection);
  }

  private void flush() throws SQLException {
    rows.calls().flush();
    rows.attempts().flush();
  }

  private static void merge(Changes changes, ColumnRows into) throws SQLException {
    changes.write(into);
    into.flush();
  }

  private void writeDoubtful() throws SQLException {
    var ids = new TreeSet<String>();
    doubtful.forEach(entry -> ids.add(entry.call()));
    var stored = StoredRows.of(ids, connection);
    for (var entry : doubtful) {
      if (entry instanceof CallEntry call && stored.add(call)) {
        write(stored.withAttempts(call));
      }
    }
    rows.calls().flush(); // so that a correction finds the row of its call
    for (var entry : doubtful) {
      if (entry instanceof AttemptEntry attempt && stored.add(attempt)) {
        write(attempt, stored);
      }
    }
  }

  private void write(AttemptEntry entry, StoredRows stored) throws SQLException {
    AttemptRows.write(rows.attempts(), entry);
    var before = stored.latest(entry);
    var call = stored.corrected(entry, connection);
    call.ifPresent(row -> callCells.add(stored.withAttempts(row), -1));
    stored.put(entry);
    call.ifPresent(row -> callCells.add(stored.withAttempts(row), 1));
    if (before.isPresent() && before.get().revision() > entry.revision()) {
      return; // It was corrected before it came.
    }
    before.ifPresent(corrected -> count(corrected, -1));
    count(entry, 1);
  }
}
