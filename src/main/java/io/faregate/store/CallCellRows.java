package io.faregate.store;

import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoredCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums of calls as rows of the table `call_cells`: what a batch adds to them, signed, since a
/// correction takes the call as it was before out again.
public final class CallCellRows implements Changes {
  /// Adds the changes of a batch, which a function gives as a table of the same columns.
  public static final String MERGE =
      """
      MERGE INTO call_cells AS total
      USING rows_of_call_cells() AS more
      ON total.quarter = more.quarter
      AND total.workflow = more.workflow
      AND total.step = more.step
      AND total.task = more.task
      AND total.plan = more.plan
      AND total.key = more.key
      AND total.first_tier = more.first_tier
      AND total.tier = more.tier
      AND total.provider = more.provider
      AND total.model = more.model
      AND total.reason = more.reason
      WHEN MATCHED THEN UPDATE SET
        calls = total.calls + more.calls,
        refused = total.refused + more.refused,
        tokens_system = total.tokens_system + more.tokens_system,
        tokens_user = total.tokens_user + more.tokens_user,
        tokens_documents = total.tokens_documents + more.tokens_documents,
        tokens_history = total.tokens_history + more.tokens_history,
        tokens_tools = total.tokens_tools + more.tokens_tools,
        tokens_tool_results = total.tokens_tool_results + more.tokens_tool_results,
        cost = total.cost + more.cost,
        unpriced = total.unpriced + more.unpriced
      WHEN NOT MATCHED THEN INSERT (
        quarter, workflow, step, task, plan, key, first_tier, tier, provider, model,
        reason, calls, refused, tokens_system, tokens_user, tokens_documents,
        tokens_history, tokens_tools, tokens_tool_results, cost, unpriced)
      VALUES (
        more.quarter, more.workflow, more.step, more.task, more.plan, more.key,
        more.first_tier, more.tier, more.provider, more.model, more.reason, more.calls,
        more.refused, more.tokens_system, more.tokens_user, more.tokens_documents,
        more.tokens_history, more.tokens_tools, more.tokens_tool_results, more.cost,
        more.unpriced)
      """;

  /// The cells of a span of quarters.
  public static final String SELECT =
      """
      SELECT quarter, workflow, step, task, plan, key, first_tier, tier, provider, model,
             reason, calls, refused, tokens_system, tokens_user, tokens_documents,
             tokens_history, tokens_tools, tokens_tool_results, cost, unpriced
      FROM call_cells
      WHERE quarter >= ? AND quarter < ?
      ORDER BY quarter, workflow, step, task, plan, key, first_tier, tier, provider, model, reason
      """;

  private static final int MEASURES = 10;

  private final Map<Key, long[]> sums = new HashMap<>();

  private record Key(
      Instant quarter,
      Dimensions dimensions,
      @Nullable String firstTier,
      @Nullable String tier,
      @Nullable ModelId model,
      @Nullable Reason reason) {}

  /// Counts a call in (sign 1) or out (sign -1), at what its attempts cost as they stand.
  public void add(StoredCall call, int sign) {
    var entry = call.call();
    var key =
        new Key(
            Span.quarterOf(entry.startedAt()),
            entry.dimensions(),
            entry.firstTier(),
            entry.tier(),
            entry.model(),
            entry.reasons().isEmpty() ? null : entry.reasons().getFirst());
    var sum = sums.computeIfAbsent(key, _ -> new long[MEASURES]);
    var measures = measures(call);
    for (int i = 0; i < MEASURES; i++) {
      sum[i] = Math.addExact(sum[i], sign * measures[i]);
    }
  }

  /// In the order of the columns.
  private static long[] measures(StoredCall call) {
    var entry = call.call();
    var tokens = entry.tokens();
    var cost = call.costNanoUsd();
    return new long[] {
      1,
      entry.refusal() == null ? 0 : 1,
      tokens.system(),
      tokens.user(),
      tokens.documents(),
      tokens.history(),
      tokens.tools(),
      tokens.toolResults(),
      cost == null ? 0 : cost,
      call.unpricedAttempts() > 0 ? 1 : 0
    };
  }

  @Override
  public void write(RowWriter row) throws SQLException {
    for (var cell : sums.entrySet()) {
      var key = cell.getKey();
      var model = key.model();
      row.instant(key.quarter());
      AttemptCellRows.write(row, key.dimensions());
      row.text(AttemptCellRows.orEmpty(key.firstTier()));
      row.text(AttemptCellRows.orEmpty(key.tier()));
      row.text(model == null ? "" : model.provider());
      row.text(model == null ? "" : model.name());
      row.text(key.reason() == null ? "" : key.reason().word());
      for (var measure : cell.getValue()) {
        row.number(measure);
      }
      row.end();
    }
  }

  /// Reads a row of [#SELECT].
  public static CallCell read(Row row) throws SQLException {
    return new CallCell(
        row.instant(),
        AttemptCellRows.dimensions(row),
        row.nameOrNull(),
        row.nameOrNull(),
        row.modelOrNull(),
        row.wordOrNull(Reason.class),
        row.number(),
        row.number(),
        row.segments(),
        row.number(),
        row.number());
  }
}
