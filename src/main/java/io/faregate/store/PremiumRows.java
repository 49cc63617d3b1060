package io.faregate.store;

import io.faregate.ledger.PremiumEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The premium credit of workflows, as rows of the table `premium`: the last of each workflow.
public final class PremiumRows {
  /// All rows.
  public static final String SELECT =
      """
      SELECT workflow, call, calls, premium_calls, credit
      FROM premium
      ORDER BY workflow
      """;

  private static final String REPLACE =
      """
      INSERT INTO premium (workflow, call, calls, premium_calls, credit)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (workflow) DO UPDATE SET
        call = excluded.call,
        calls = excluded.calls,
        premium_calls = excluded.premium_calls,
        credit = excluded.credit
      """;

  private final Map<String, PremiumEntry> last = new HashMap<>();

  /// Takes an entry, which replaces an earlier one of its workflow.
  public void add(PremiumEntry entry) {
    last.put(AttemptCellRows.orEmpty(entry.workflow()), entry);
  }

  /// Writes what was taken.
  public void write(Connection connection) throws SQLException {
    write(connection, last.values());
  }

  private static void write(Connection connection, Collection<PremiumEntry> entries)
      throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    try (var replace = connection.prepareStatement(REPLACE)) {
      for (var entry : entries) {
        replace.setString(1, AttemptCellRows.orEmpty(entry.workflow()));
        replace.setString(2, entry.call());
        replace.setLong(3, entry.calls());
        replace.setLong(4, entry.premiumCalls());
        replace.setLong(5, entry.creditMillionths());
        replace.executeUpdate();
      }
    }
  }

  /// The entry of a row of [#SELECT].
  public static PremiumEntry read(Row row) throws SQLException {
    var workflow = row.text();
    return new PremiumEntry(
        row.text(), workflow.isEmpty() ? null : workflow, row.number(), row.number(), row.number());
  }
}
