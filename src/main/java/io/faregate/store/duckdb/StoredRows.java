package io.faregate.store.duckdb;

import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.StoredCall;
import io.faregate.store.AttemptRows;
import io.faregate.store.CallRows;
import io.faregate.store.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/// What the ledger has of some calls already, and takes on of them.
final class StoredRows {
  private final Set<String> calls = new HashSet<>();
  private final Set<Revision> revisions = new HashSet<>();
  private final Map<String, List<AttemptEntry>> attempts = new HashMap<>();

  private record Revision(String call, int attempt, int revision) {
    static Revision of(AttemptEntry entry) {
      return new Revision(entry.call(), entry.attempt(), entry.revision());
    }
  }

  private StoredRows() {}

  /// Looks calls up, of which there is at least one.
  static StoredRows of(NavigableSet<String> ids, DuckDBConnection connection) throws SQLException {
    var stored = new StoredRows();
    try (var select = connection.prepareStatement(CallRows.SELECT_PRESENT)) {
      bind(select, ids, connection);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          stored.calls.add(rows.getString(1));
        }
      }
    }
    try (var select = connection.prepareStatement(AttemptRows.SELECT)) {
      bind(select, ids, connection);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          stored.put(AttemptRows.read(new Row(rows)));
        }
      }
    }
    return stored;
  }

  /// Binds the calls of a query, and their bounds, by which DuckDB leaves out most of the table.
  static void bind(
      PreparedStatement select, NavigableSet<String> calls, DuckDBConnection connection)
      throws SQLException {
    select.setArray(1, connection.createArrayOf("VARCHAR", calls.toArray()));
    select.setString(2, calls.first());
    select.setString(3, calls.last());
  }

  /// Takes a call on, unless it is there.
  boolean add(CallEntry entry) {
    return calls.add(entry.call());
  }

  /// Takes a revision of an attempt on, unless it is there.
  boolean add(AttemptEntry entry) {
    return revisions.add(Revision.of(entry));
  }

  /// The latest revision of the same attempt.
  Optional<AttemptEntry> latest(AttemptEntry entry) {
    return attempts(entry.call()).stream()
        .filter(attempt -> attempt.attempt() == entry.attempt())
        .max(Comparator.comparingInt(AttemptEntry::revision));
  }

  /// A call as its attempts stand.
  StoredCall withAttempts(CallEntry call) {
    return StoredCall.of(call, attempts(call.call()));
  }

  /// The row of the call of an attempt, if it is there and what it says of the cost does not hold
  /// any more: the attempt corrects it, or another one did so before.
  Optional<CallEntry> corrected(AttemptEntry by, DuckDBConnection connection) throws SQLException {
    var id = by.call();
    var holds =
        by.revision() == 0 && attempts(id).stream().allMatch(attempt -> attempt.revision() == 0);
    if (holds || !calls.contains(id)) {
      return Optional.empty();
    }
    try (var select = connection.prepareStatement(CallRows.SELECT)) {
      select.setString(1, id);
      select.setString(2, id);
      DuckDbLedger.bind(select, 3, DuckDbLedger.ALWAYS);
      select.setInt(5, 1);
      try (var rows = select.executeQuery()) {
        return rows.next() ? Optional.of(CallRows.read(new Row(rows))) : Optional.empty();
      }
    }
  }

  /// Adds it to the revisions of its attempt.
  void put(AttemptEntry entry) {
    revisions.add(Revision.of(entry));
    attempts(entry.call()).add(entry);
  }

  /// All revisions of the attempts of a call.
  private List<AttemptEntry> attempts(String call) {
    return attempts.computeIfAbsent(call, _ -> new ArrayList<>());
  }
}
