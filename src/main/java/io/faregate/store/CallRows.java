package io.faregate.store;

import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Dimensions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Calls as rows of the table `calls`.
public final class CallRows {
  /// Calls with an id and a start between two bounds each (the ids both in), latest first, at most
  /// so many.
  public static final String SELECT =
      """
      SELECT call, started_at, ended_at, key, "user", session, tags, plan, workflow, step,
             action, task, task_source, justification, policy_version, price_date, first_tier,
             tier, provider, model, reasons, rules, chain, tokens_system, tokens_user,
             tokens_documents, tokens_history, tokens_tools, tokens_tool_results,
             tokens_trimmed, tokens_output, stream, status, refusal, refusal_limit,
             client_retries, request_id, attempts, first_byte_ms, duration_ms, overhead_us,
             cost, in_doubt, unpriced
      FROM calls
      WHERE call >= ? AND call <= ? AND started_at >= ? AND started_at < ?
      ORDER BY started_at DESC, call DESC
      LIMIT ?
      """;

  /// Takes rows from a function that gives them as a table of the same columns.
  public static final String INSERT =
      """
      INSERT INTO calls
      SELECT * FROM rows_of_calls()
      """;

  /// Which calls of an array are there, given its least and greatest.
  public static final String SELECT_PRESENT =
      """
      SELECT call
      FROM calls
      WHERE call = ANY(?) AND call >= ? AND call <= ?
      """;

  private CallRows() {}

  /// Writes a row.
  public static void write(RowWriter row, CallEntry entry) throws SQLException {
    var dimensions = entry.dimensions();
    var model = entry.model();
    row.text(entry.call());
    row.instant(entry.startedAt());
    row.instant(entry.endedAt());
    row.text(dimensions.key());
    row.text(entry.user());
    row.text(entry.session());
    row.text(entry.tags());
    row.text(dimensions.plan());
    row.text(dimensions.workflow());
    row.text(dimensions.step());
    row.text(entry.action());
    row.text(dimensions.task());
    row.text(word(entry.taskSource()));
    row.text(entry.justification());
    row.text(entry.policyVersion());
    row.day(entry.priceDate());
    row.text(entry.firstTier());
    row.text(entry.tier());
    row.text(model == null ? null : model.provider());
    row.text(model == null ? null : model.name());
    row.text(JsonTexts.reasons(entry.reasons()));
    row.text(JsonTexts.rules(entry.rules()));
    row.text(JsonTexts.chain(entry.chain()));
    write(row, entry.tokens());
    row.number(entry.tokensTrimmed());
    row.number(entry.tokensOutput());
    row.truth(entry.streamed());
    row.count(entry.status());
    row.text(entry.refusal());
    row.text(entry.refusalLimit());
    row.count(entry.clientRetries());
    row.text(entry.requestId());
    row.count(entry.attempts());
    row.number(entry.firstByteMillis());
    row.number(entry.durationMillis());
    row.number(entry.overheadMicros());
    row.number(entry.costNanoUsd());
    row.number(entry.inDoubtNanoUsd());
    row.count(entry.unpricedAttempts());
    row.end();
  }

  static void write(RowWriter row, Segments tokens) throws SQLException {
    row.number(tokens.system());
    row.number(tokens.user());
    row.number(tokens.documents());
    row.number(tokens.history());
    row.number(tokens.tools());
    row.number(tokens.toolResults());
  }

  private static @Nullable String word(@Nullable Source source) {
    return source == null ? null : source.word();
  }

  /// Reads a row of [#SELECT].
  public static CallEntry read(Row row) throws SQLException {
    var call = row.text();
    var startedAt = row.instant();
    var endedAt = row.instant();
    var key = row.text();
    var user = row.textOrNull();
    var session = row.textOrNull();
    var tags = row.textOrNull();
    var plan = row.text();
    var workflow = row.textOrNull();
    var step = row.textOrNull();
    var action = row.textOrNull();
    var task = row.text();
    var taskSource = row.wordOrNull(Source.class);
    return new CallEntry(
        call,
        startedAt,
        endedAt,
        new Dimensions(key, plan, workflow, step, task),
        user,
        session,
        tags,
        action,
        row.textOrNull(),
        taskSource,
        row.text(),
        row.dayOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.modelOrNull(),
        JsonTexts.reasons(row.text()),
        JsonTexts.rules(row.text()),
        JsonTexts.chain(row.text()),
        row.segments(),
        row.number(),
        row.numberOrNull(),
        row.truth(),
        row.count(),
        row.textOrNull(),
        row.textOrNull(),
        row.count(),
        row.textOrNull(),
        row.count(),
        row.numberOrNull(),
        row.number(),
        row.number(),
        row.numberOrNull(),
        row.number(),
        row.count());
  }
}
