package io.faregate.main;

import io.faregate.simulator.Bill;
import io.faregate.simulator.BillLine;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A closed store held against the bills of the simulated providers, attempt by attempt.
///
/// @param differing attempts with reported usage whose cost is not what their line of the bill says
/// @param unlisted lines of the bill that no attempt has, and that are more than there are attempts
///   in doubt without an answer by which they could be told apart
/// @param reported how many attempts had their usage reported
/// @param costNanoUsd of all attempts
public record Reconciled(
    List<String> differing, List<String> unlisted, long reported, long costNanoUsd) {
  private static final String ATTEMPTS =
      """
      SELECT provider_request_id, usage_source, cost, in_doubt
      FROM attempts
      """;

  /// An attempt as far as it matters here.
  private record Attempt(@Nullable String id, boolean reported, long cost, long inDoubt) {}

  /// Reads the ledger in that folder.
  public static Reconciled of(Path data, List<Bill> bills) {
    var lines = new HashMap<String, BillLine>();
    bills.forEach(bill -> bill.lines().forEach(line -> lines.put(line.requestId(), line)));
    var attempts = attempts(data.resolve(Wiring.LEDGER_FILE));
    var differing = new ArrayList<String>();
    var met = new HashSet<String>();
    for (var attempt : attempts) {
      if (attempt.id() != null) {
        met.add(attempt.id());
      }
      if (attempt.reported() && attempt.cost() != billed(attempt, lines)) {
        differing.add(attempt + " <> " + lines.get(attempt.id()));
      }
    }
    var unmet = lines.values().stream().filter(line -> !met.contains(line.requestId())).toList();
    long nameless =
        attempts.stream().filter(each -> each.id() == null && each.inDoubt() > 0).count();
    return new Reconciled(
        differing,
        unmet.size() <= nameless ? List.of() : unmet.stream().map(BillLine::toString).toList(),
        attempts.stream().filter(Attempt::reported).count(),
        attempts.stream().mapToLong(Attempt::cost).sum());
  }

  /// What a provider refused stands in no bill.
  private static long billed(Attempt attempt, Map<String, BillLine> lines) {
    var line = lines.get(attempt.id());
    return line == null ? 0 : line.costNanoUsd();
  }

  private static List<Attempt> attempts(Path file) {
    var toRead = new Properties();
    toRead.setProperty("duckdb.read_only", "true");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file, toRead);
        var query = connection.prepareStatement(ATTEMPTS);
        var rows = query.executeQuery()) {
      var attempts = new ArrayList<Attempt>();
      while (rows.next()) {
        var reported = "provider".equals(rows.getString(2));
        attempts.add(new Attempt(rows.getString(1), reported, rows.getLong(3), rows.getLong(4)));
      }
      return attempts;
    } catch (SQLException unreadable) {
      throw new IllegalStateException("read " + file, unreadable);
    }
  }
}
