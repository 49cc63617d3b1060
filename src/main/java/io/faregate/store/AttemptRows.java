package io.faregate.store;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.UsageSource;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Sku;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Attempts as rows of the table `attempts`.
public final class AttemptRows {
  /// All revisions of all attempts of the calls of an array, given its least and greatest.
  public static final String SELECT =
      """
      SELECT call, attempt, revision, started_at, key, plan, workflow, step, task, action,
             kind, reason, tier, provider, channel, region, model, model_served, service_tier,
             context_tier, usage_reported, input, cache_read, cache_write_5m, cache_write_1h,
             output, reasoning, usage_source, tokens_system, tokens_user, tokens_documents,
             tokens_history, tokens_tools, tokens_tool_results, rates, price_source,
             price_date, cost, provider_cost, hold, in_doubt, ending, status,
             provider_request_id, first_byte_ms, duration_ms, problem
      FROM attempts
      WHERE call = ANY(?) AND call >= ? AND call <= ?
      ORDER BY call, attempt, revision
      """;

  /// Calls of attempts that may have been billed and whose usage no provider reported, latest
  /// first.
  public static final String SELECT_UNREPORTED =
      """
      SELECT call, attempt, revision
      FROM attempts AS a
      WHERE started_at >= ? AND started_at < ?
        AND usage_source <> 'provider' AND ending NOT IN ('refused', 'unsent')
        AND NOT EXISTS (
          SELECT 1
          FROM attempts AS b
          WHERE b.call = a.call AND b.attempt = a.attempt AND b.revision > a.revision
            AND b.revision > 0) -- few are, so no whole table is joined
      ORDER BY started_at DESC, call DESC, attempt DESC
      LIMIT ?
      """;

  /// Calls of attempts whose cost is not known for certain, latest first: some of it is in doubt,
  /// or nothing is known of it.
  public static final String SELECT_IN_DOUBT =
      """
      SELECT call, attempt, revision
      FROM attempts AS a
      WHERE started_at >= ? AND started_at < ?
        AND (in_doubt > 0 OR (usage_source = 'unknown' AND cost IS NULL))
        AND NOT EXISTS (
          SELECT 1
          FROM attempts AS b
          WHERE b.call = a.call AND b.attempt = a.attempt AND b.revision > a.revision
            AND b.revision > 0) -- few are, so no whole table is joined
      ORDER BY started_at DESC, call DESC, attempt DESC
      LIMIT ?
      """;

  /// Takes rows from a function that gives them as a table of the same columns.
  public static final String INSERT =
      """
      INSERT INTO attempts
      SELECT * FROM rows_of_attempts()
      """;

  private AttemptRows() {}

  /// Writes a row.
  public static void write(RowWriter row, AttemptEntry entry) throws SQLException {
    var dimensions = entry.dimensions();
    var sku = entry.sku();
    var reason = entry.reason();
    row.text(entry.call());
    row.count(entry.attempt());
    row.count(entry.revision());
    row.instant(entry.startedAt());
    row.text(dimensions.key());
    row.text(dimensions.plan());
    row.text(dimensions.workflow());
    row.text(dimensions.step());
    row.text(dimensions.task());
    row.text(entry.action());
    row.text(entry.kind().word());
    row.text(reason == null ? null : reason.word());
    row.text(entry.tier());
    row.text(sku.model().provider());
    row.text(sku.channel());
    row.text(sku.region());
    row.text(sku.model().name());
    row.text(entry.modelServed());
    row.text(sku.serviceTier().word());
    row.number(sku.contextStart());
    row.text(entry.usageReported());
    write(row, entry.usage());
    row.text(entry.usageSource().word());
    CallRows.write(row, entry.tokens());
    row.text(entry.rates());
    row.text(entry.priceSource());
    row.day(entry.priceDate());
    row.number(entry.costNanoUsd());
    row.number(entry.providerCostNanoUsd());
    row.number(entry.holdNanoUsd());
    row.number(entry.inDoubtNanoUsd());
    row.text(entry.ending().word());
    row.count(entry.status());
    row.text(entry.providerRequestId());
    row.number(entry.firstByteMillis());
    row.number(entry.durationMillis());
    row.text(entry.problem());
    row.end();
  }

  private static void write(RowWriter row, @Nullable Usage usage) throws SQLException {
    if (usage == null) {
      row.number(null);
      row.number(null);
      row.number(null);
      row.number(null);
      row.number(null);
      row.number(null);
      return;
    }
    row.number(usage.input());
    row.number(usage.cacheRead());
    row.number(usage.cacheWrite5m());
    row.number(usage.cacheWrite1h());
    row.number(usage.output());
    row.number(usage.reasoning());
  }

  /// Reads a row of [#SELECT].
  public static AttemptEntry read(Row row) throws SQLException {
    var call = row.text();
    var attempt = row.count();
    var revision = row.count();
    var startedAt = row.instant();
    var dimensions =
        new Dimensions(row.text(), row.text(), row.textOrNull(), row.textOrNull(), row.text());
    var action = row.textOrNull();
    var kind = row.word(AttemptKind.class);
    var reason = row.wordOrNull(Reason.class);
    var tier = row.text();
    var provider = row.text();
    var channel = row.text();
    var region = row.textOrNull();
    var model = new ModelId(provider, row.text());
    var modelServed = row.textOrNull();
    var sku = new Sku(model, channel, region, row.word(ServiceTier.class), row.number());
    var usageReported = row.textOrNull();
    var usage = row.usageOrNull();
    var usageSource = row.word(UsageSource.class);
    return new AttemptEntry(
        call,
        attempt,
        revision,
        startedAt,
        dimensions,
        action,
        kind,
        reason,
        tier,
        sku,
        modelServed,
        usageReported,
        usage,
        row.segments(),
        usageSource,
        row.textOrNull(),
        row.textOrNull(),
        row.dayOrNull(),
        row.numberOrNull(),
        row.numberOrNull(),
        row.numberOrNull(),
        row.number(),
        row.word(Ending.class),
        row.count(),
        row.textOrNull(),
        row.numberOrNull(),
        row.number(),
        row.textOrNull());
  }
}
