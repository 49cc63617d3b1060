package io.faregate.store;

import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the business counts, as rows of the table `actions`: what a batch adds to them.
public final class ActionRows implements Changes {
  /// Adds the changes of a batch, which a function gives as a table of the same columns.
  public static final String MERGE =
      """
      MERGE INTO actions AS total
      USING rows_of_actions() AS more
      ON total.action = more.action
      WHEN MATCHED THEN UPDATE SET
        started_at = least(total.started_at, more.started_at),
        calls = total.calls + more.calls,
        attempts = total.attempts + more.attempts,
        cost = total.cost + more.cost
      WHEN NOT MATCHED THEN INSERT (
        action, workflow, started_at, calls, attempts, cost)
      VALUES (
        more.action, more.workflow, more.started_at, more.calls, more.attempts,
        more.cost)
      """;

  private final Map<String, Sum> sums = new HashMap<>();

  private static final class Sum {
    private final String workflow;
    private Instant startedAt;
    private long calls;
    private long attempts;
    private long costNanoUsd;

    Sum(String workflow, Instant startedAt) {
      this.workflow = workflow;
      this.startedAt = startedAt;
    }
  }

  private Sum sum(String action, @Nullable String workflow, Instant startedAt) {
    var sum =
        sums.computeIfAbsent(action, _ -> new Sum(AttemptCellRows.orEmpty(workflow), startedAt));
    if (startedAt.isBefore(sum.startedAt)) {
      sum.startedAt = startedAt;
    }
    return sum;
  }

  /// Counts a call of an action.
  public void add(CallEntry entry) {
    var action = entry.action();
    if (action != null) {
      sum(action, entry.dimensions().workflow(), entry.startedAt()).calls++;
    }
  }

  /// Counts an attempt of an action in (sign 1) or out (sign -1).
  public void add(AttemptEntry entry, int sign) {
    var action = entry.action();
    if (action != null) {
      var sum = sum(action, entry.dimensions().workflow(), entry.startedAt());
      var cost = entry.costNanoUsd();
      sum.attempts += sign;
      sum.costNanoUsd = Math.addExact(sum.costNanoUsd, cost == null ? 0 : sign * cost);
    }
  }

  @Override
  public void write(RowWriter row) throws SQLException {
    for (var action : sums.entrySet()) {
      var sum = action.getValue();
      row.text(action.getKey());
      row.text(sum.workflow);
      row.instant(sum.startedAt);
      row.number(sum.calls);
      row.number(sum.attempts);
      row.number(sum.costNanoUsd);
      row.end();
    }
  }
}
