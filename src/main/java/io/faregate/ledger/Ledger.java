package io.faregate.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All entries, and the cells that reports add up. It is a projection of the journal: it may lag
/// behind it and be rebuilt from it, and no call ever waits for it. Reading and writing block, so
/// neither happens on an event loop. Implementations may be called by several threads.
public interface Ledger extends AutoCloseable {
  /// How far into the journal it has come.
  Position watermark();

  /// Adds entries and moves the watermark behind them, both or neither. An entry that is already
  /// there changes nothing, and so does everything before the watermark. A [StartedEntry] leaves no
  /// row, and of the [PremiumEntry]s of a workflow the last one stays.
  void store(EntrySource entries);

  /// Takes note that of the calls that began before then some may be missing, since the journal no
  /// longer had them. It stays noted, with the latest such time.
  void missing(Instant before);

  /// Before when calls may be missing: what was spent then is not known, and not 0. Null when all
  /// are there.
  @Nullable Instant missingBefore();

  /// A call with its attempts.
  Optional<StoredCall> call(String id);

  /// These calls with their attempts, in the same order.
  List<StoredCall> withAttempts(List<CallEntry> calls);

  /// The attempts of these calls as they stand, by call and number; also of one that is still under
  /// way, which has no row of its own yet.
  List<AttemptEntry> attempts(Collection<String> calls);

  /// The latest calls that began in the span, latest first, at most `limit`.
  List<CallEntry> calls(Span span, int limit);

  /// Sums of attempts that began in the span, whose ends are cut to quarters of an hour.
  List<AttemptCell> attemptCells(Span span);

  /// Sums of calls that began in the span, whose ends are cut to quarters of an hour.
  List<CallCell> callCells(Span span);

  /// The attempts that began in the span and whose usage no provider reported, latest first, at
  /// most `limit`.
  List<AttemptEntry> unreported(Span span, int limit);

  /// The attempts that began in the span and whose cost is not known for certain, latest first, at
  /// most `limit`.
  List<AttemptEntry> inDoubt(Span span, int limit);

  /// The premium credit of each workflow that has any, as of the watermark.
  List<PremiumEntry> premium();

  /// Forgets the rows of calls that began before then; cells stay. Of a call with an attempt whose
  /// cost is not known for certain they stay as long as that may count in the window of a limit:
  /// who is to end the doubt must find it.
  ///
  /// @param doubtBefore attempts in doubt that began before then are forgotten too
  /// @return how many calls were forgotten
  long prune(Instant before, Instant doubtBefore);

  @Override
  void close();
}
