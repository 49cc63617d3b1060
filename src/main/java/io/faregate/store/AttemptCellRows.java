package io.faregate.store;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Sku;
import io.faregate.ledger.Span;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sums of attempts as rows of the table `attempt_cells`: what a batch adds to them, signed, since
/// a correction takes the attempt before it out again.
public final class AttemptCellRows implements Changes {
  /// Adds the changes of a batch, which a function gives as a table of the same columns.
  public static final String MERGE =
      """
      MERGE INTO attempt_cells AS total
      USING rows_of_attempt_cells() AS more
      ON total.quarter = more.quarter
      AND total.workflow = more.workflow
      AND total.step = more.step
      AND total.task = more.task
      AND total.plan = more.plan
      AND total.key = more.key
      AND total.kind = more.kind
      AND total.reason = more.reason
      AND total.tier = more.tier
      AND total.provider = more.provider
      AND total.model = more.model
      AND total.channel = more.channel
      AND total.region = more.region
      AND total.service_tier = more.service_tier
      AND total.context_tier = more.context_tier
      WHEN MATCHED THEN UPDATE SET
        attempts = total.attempts + more.attempts,
        input = total.input + more.input,
        cache_read = total.cache_read + more.cache_read,
        cache_write_5m = total.cache_write_5m + more.cache_write_5m,
        cache_write_1h = total.cache_write_1h + more.cache_write_1h,
        output = total.output + more.output,
        reasoning = total.reasoning + more.reasoning,
        tokens_system = total.tokens_system + more.tokens_system,
        tokens_user = total.tokens_user + more.tokens_user,
        tokens_documents = total.tokens_documents + more.tokens_documents,
        tokens_history = total.tokens_history + more.tokens_history,
        tokens_tools = total.tokens_tools + more.tokens_tools,
        tokens_tool_results = total.tokens_tool_results + more.tokens_tool_results,
        cost = total.cost + more.cost,
        in_doubt = total.in_doubt + more.in_doubt,
        unpriced = total.unpriced + more.unpriced,
        estimated = total.estimated + more.estimated
      WHEN NOT MATCHED THEN INSERT (
        quarter, workflow, step, task, plan, key, kind, reason, tier, provider, model,
        channel, region, service_tier, context_tier, attempts, input, cache_read,
        cache_write_5m, cache_write_1h, output, reasoning, tokens_system, tokens_user,
        tokens_documents, tokens_history, tokens_tools, tokens_tool_results, cost,
        in_doubt, unpriced, estimated)
      VALUES (
        more.quarter, more.workflow, more.step, more.task, more.plan, more.key,
        more.kind, more.reason, more.tier, more.provider, more.model, more.channel,
        more.region, more.service_tier, more.context_tier, more.attempts, more.input,
        more.cache_read, more.cache_write_5m, more.cache_write_1h, more.output,
        more.reasoning, more.tokens_system, more.tokens_user, more.tokens_documents,
        more.tokens_history, more.tokens_tools, more.tokens_tool_results, more.cost,
        more.in_doubt, more.unpriced, more.estimated)
      """;

  /// The cells of a span of quarters.
  public static final String SELECT =
      """
      SELECT quarter, workflow, step, task, plan, key, kind, reason, tier, provider, model,
             channel, region, service_tier, context_tier, attempts, input, cache_read,
             cache_write_5m, cache_write_1h, output, reasoning, tokens_system, tokens_user,
             tokens_documents, tokens_history, tokens_tools, tokens_tool_results, cost,
             in_doubt, unpriced, estimated
      FROM attempt_cells
      WHERE quarter >= ? AND quarter < ?
      ORDER BY quarter, workflow, step, task, plan, key, kind, reason,
               tier, provider, model, channel, region, service_tier, context_tier
      """;

  private static final int MEASURES = 17;

  private final Map<Key, long[]> sums = new HashMap<>();

  private record Key(
      Instant quarter,
      Dimensions dimensions,
      AttemptKind kind,
      @Nullable Reason reason,
      String tier,
      Sku sku) {}

  /// Counts an attempt in (sign 1) or out (sign -1).
  public void add(AttemptEntry entry, int sign) {
    var key =
        new Key(
            Span.quarterOf(entry.startedAt()),
            entry.dimensions(),
            entry.kind(),
            entry.reason(),
            entry.tier(),
            entry.sku());
    var sum = sums.computeIfAbsent(key, _ -> new long[MEASURES]);
    var measures = measures(entry);
    for (int i = 0; i < MEASURES; i++) {
      sum[i] = Math.addExact(sum[i], sign * measures[i]);
    }
  }

  /// In the order of the columns.
  private static long[] measures(AttemptEntry entry) {
    var usage = entry.usage() == null ? Usage.NONE : entry.usage();
    var tokens = entry.tokens();
    var cost = entry.costNanoUsd();
    return new long[] {
      1,
      usage.input(),
      usage.cacheRead(),
      usage.cacheWrite5m(),
      usage.cacheWrite1h(),
      usage.output(),
      usage.reasoning(),
      tokens.system(),
      tokens.user(),
      tokens.documents(),
      tokens.history(),
      tokens.tools(),
      tokens.toolResults(),
      cost == null ? 0 : cost,
      entry.inDoubtNanoUsd(),
      cost == null ? 1 : 0,
      entry.unreported() ? 1 : 0
    };
  }

  @Override
  public void write(RowWriter row) throws SQLException {
    for (var cell : sums.entrySet()) {
      var key = cell.getKey();
      row.instant(key.quarter());
      write(row, key.dimensions());
      row.text(key.kind().word());
      row.text(key.reason() == null ? "" : key.reason().word());
      row.text(key.tier());
      row.text(key.sku().model().provider());
      row.text(key.sku().model().name());
      row.text(key.sku().channel());
      row.text(orEmpty(key.sku().region()));
      row.text(key.sku().serviceTier().word());
      row.number(key.sku().contextStart());
      for (var measure : cell.getValue()) {
        row.number(measure);
      }
      row.end();
    }
  }

  static void write(RowWriter row, Dimensions dimensions) throws SQLException {
    row.text(orEmpty(dimensions.workflow()));
    row.text(orEmpty(dimensions.step()));
    row.text(dimensions.task());
    row.text(dimensions.plan());
    row.text(dimensions.key());
  }

  static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  /// Reads a row of [#SELECT].
  public static AttemptCell read(Row row) throws SQLException {
    return new AttemptCell(
        row.instant(),
        dimensions(row),
        row.word(AttemptKind.class),
        row.wordOrNull(Reason.class),
        row.text(),
        sku(row),
        row.number(),
        new Usage(
            row.number(), row.number(), row.number(), row.number(), row.number(), row.number()),
        row.segments(),
        row.number(),
        row.number(),
        row.number(),
        row.number());
  }

  static Dimensions dimensions(Row row) throws SQLException {
    var workflow = row.nameOrNull();
    var step = row.nameOrNull();
    var task = row.text();
    var plan = row.text();
    return new Dimensions(row.text(), plan, workflow, step, task);
  }

  private static Sku sku(Row row) throws SQLException {
    return new Sku(
        new ModelId(row.text(), row.text()),
        row.text(),
        row.nameOrNull(),
        row.word(ServiceTier.class),
        row.number());
  }
}
