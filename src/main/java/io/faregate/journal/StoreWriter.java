package io.faregate.journal;

import io.faregate.ledger.Entry;
import io.faregate.ledger.EntrySource;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Position;
import io.faregate.ledger.Span;
import io.faregate.ledger.StartedEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries entries from the journal into the ledger, on a thread of its own. A ledger that fails is
/// closed and opened again, for as long as it takes; meanwhile the journal keeps everything and no
/// call waits.
public final class StoreWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

  /// A transaction costs 13 ms by itself, most of it the merging of sums. What it takes goes into
  /// the file as it comes, so a large one needs little more memory than a small one.
  private static final int BATCH_ENTRIES = 49_152;

  private static final Duration BETWEEN_PRUNES = Duration.ofHours(1);
  private static final Duration PROGRESS = Duration.ofSeconds(3);

  private final FileJournal journal;
  private final JournalReader reader;
  private final Supplier<Ledger> opening;
  private final @Nullable Duration keepRows;
  private final InstantSource clock;
  private final Pace pace;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hurry = lock.newCondition();
  private final Condition moved = lock.newCondition();
  private Position stored = Position.START;

  /// What was written before is stored.
  private Instant storedUpTo;

  private Instant pruneAt;
  private String failure = "";
  private String untidy = "";
  private @Nullable Instant missingBefore;
  private long lostUpTo;
  private boolean hurried;
  private boolean closing;
  private volatile @Nullable Ledger ledger;

  /// How long the writer waits.
  ///
  /// @param idle between two batches
  /// @param firstRetry after a failure; each further one doubles it
  /// @param longestRetry at most
  record Pace(Duration idle, Duration firstRetry, Duration longestRetry) {
    static final Pace USUAL =
        new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  StoreWriter(
      FileJournal journal,
      Supplier<Ledger> opening,
      @Nullable Duration keepRows,
      InstantSource clock,
      Pace pace) {
    this.journal = journal;
    this.reader = journal.reader();
    this.opening = opening;
    this.keepRows = keepRows;
    this.clock = clock;
    this.pace = pace;
    this.storedUpTo = clock.instant();
    this.pruneAt = clock.instant().plus(BETWEEN_PRUNES);
    this.thread = Thread.ofPlatform().daemon().name("store-writer").unstarted(this::run);
  }

  /// Starts carrying.
  ///
  /// @param opening opens the ledger, again after each failure
  /// @param keepRows how long rows of calls stay, or null for good; cells stay in any case, and
  ///   what is in doubt as long as it may count
  public static StoreWriter start(
      FileJournal journal,
      Supplier<Ledger> opening,
      @Nullable Duration keepRows,
      InstantSource clock) {
    return new StoreWriter(journal, opening, keepRows, clock, Pace.USUAL).started();
  }

  StoreWriter started() {
    thread.start();
    return this;
  }

  /// The ledger while it is open; to be asked anew each time, for a failure replaces it.
  public Optional<Ledger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /// How far the ledger is behind.
  public StoreStatus status() {
    var end = journal.end();
    lock.lock();
    try {
      var segments = end.segment() - Math.max(stored.segment(), journal.oldest().segment());
      var lag = segments * journal.settings().segmentBytes() + end.offset() - stored.offset();
      var behind = stored.compareTo(end) < 0;
      var seconds = Duration.between(storedUpTo, clock.instant()).toSeconds();
      return new StoreStatus(
          behind ? Math.max(1, lag) : 0,
          behind ? Math.max(0, seconds) : 0,
          !failure.isEmpty(),
          failure.isEmpty() ? untidy : failure,
          mayCount(missingBefore) ? missingBefore : null);
    } finally {
      lock.unlock();
    }
  }

  private boolean mayCount(@Nullable Instant time) {
    return time != null && time.isAfter(clock.instant().minus(Span.LONGEST_WINDOW));
  }

  /// Waits until the ledger has everything that is in the journal now, as long as it takes.
  ///
  /// @return false if the ledger fails, or this thread is interrupted
  public boolean catchUp() {
    while (!flush(PROGRESS)) {
      var status = status();
      if (status.failing() || isClosing() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      log.atInfo()
          .addKeyValue("lag_bytes", status.lagBytes())
          .log("waiting for the store to take what the journal has");
    }
    return true;
  }

  /// Waits until the ledger has everything that is in the journal now.
  ///
  /// @return false if it did not get that far in time
  public boolean flush(Duration patience) {
    var goal = journal.end();
    lock.lock();
    try {
      hurried = true;
      hurry.signal();
      var left = patience.toNanos();
      while (stored.compareTo(goal) < 0 && left > 0) {
        left = moved.awaitNanos(left);
      }
      return stored.compareTo(goal) >= 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var retry = pace.firstRetry();
    while (!isClosing()) {
      try {
        carry();
        tidy();
        retry = pace.firstRetry();
        pause(pace.idle());
      } catch (RuntimeException | Error e) {
        // Whatever it is, the thread must live: without it nothing is stored until a restart.
        fail(e);
        pause(retry);
        retry = min(retry.multipliedBy(2), pace.longestRetry());
      }
    }
    closeLedger(null);
  }

  /// Carries all that is there.
  private void carry() {
    var to = ledger;
    if (to == null) {
      to = opening.get();
      ledger = to;
      begin(to);
    }
    Batch batch;
    do {
      batch = new Batch();
      to.store(batch);
      noteLoss(to, reader.lostUpTo());
      move(batch);
    } while (!batch.complete() && !isClosing());
  }

  /// Lets go of what is kept no longer. That it fails says nothing of the ledger.
  private void tidy() {
    var trouble = "";
    try {
      journal.archiveUpTo(stored);
      var to = ledger;
      var now = clock.instant();
      if (to != null && keepRows != null && !now.isBefore(pruneAt)) {
        pruneAt = now.plus(BETWEEN_PRUNES);
        var _ = to.prune(now.minus(keepRows), now.minus(Span.LONGEST_WINDOW));
      }
    } catch (RuntimeException e) {
      trouble = "old segments or rows stay: " + e.getMessage();
      if (untidy.isEmpty()) {
        log.atWarn().setCause(e).log("cannot let go of old segments or rows");
      }
    }
    lock.lock();
    try {
      untidy = trouble;
    } finally {
      lock.unlock();
    }
  }

  /// What comes next in the journal, as much as one transaction takes.
  private final class Batch implements EntrySource {
    private final Instant began = clock.instant();
    private int entries;
    private Position next = stored;

    /// Whether it has all that had been written when it began.
    boolean complete() {
      return entries < BATCH_ENTRIES;
    }

    @Override
    public Position read(Consumer<? super Entry> each) {
      next =
          reader.read(
              stored,
              entry -> {
                each.accept(entry);
                return ++entries < BATCH_ENTRIES;
              });
      // The ledger must never know more than a journal that a power loss has cut.
      journal.force();
      return next;
    }
  }

  private void begin(Ledger to) {
    var watermark = to.watermark();
    var oldest = journal.oldest();
    if (journal.end().compareTo(watermark) < 0) {
      log.atWarn()
          .addKeyValue("store_segment", watermark.segment())
          .addKeyValue("journal_segment", journal.end().segment())
          .log("the journal was lost, and with it what the store lacks");
      to.missing(clock.instant());
    } else if (oldest.segment() > 1 && watermark.segment() < oldest.segment()) {
      log.atWarn()
          .addKeyValue("store_segment", watermark.segment())
          .addKeyValue("oldest_segment", oldest.segment())
          .log("the journal no longer has all that the store lacks");
      to.missing(firstStart(watermark));
    }
    journal.continueAfter(watermark);
    if (watermark.segment() <= journal.recovery().lostUpTo()) {
      noteLoss(to, journal.recovery().lostUpTo());
    }
    var missing = to.missingBefore();
    lock.lock();
    try {
      stored = watermark;
      missingBefore = missing;
    } finally {
      lock.unlock();
    }
  }

  /// Takes note of an accepted loss, once: what was in the lost part is known to nobody.
  ///
  /// @param upTo the last segment of which something is lost, 0 for none
  private void noteLoss(Ledger to, long upTo) {
    if (upTo <= lostUpTo) {
      return;
    }
    to.missing(firstStart(new Position(upTo + 1, 0)));
    lostUpTo = upTo;
    var missing = to.missingBefore();
    lock.lock();
    try {
      missingBefore = missing;
    } finally {
      lock.unlock();
    }
  }

  /// When the first attempt began whose start is left behind a position: no call that began later
  /// has a record before. Other entries may be written long after what they tell of.
  private Instant firstStart(Position from) {
    var first = new AtomicReference<>(clock.instant());
    var _ =
        reader.read(
            from,
            entry -> {
              if (entry instanceof StartedEntry started) {
                first.set(started.startedAt());
                return false;
              }
              return true;
            });
    return first.get();
  }

  private void move(Batch batch) {
    lock.lock();
    try {
      stored = batch.next;
      if (!failure.isEmpty()) {
        log.info("the store takes entries again");
        failure = "";
      }
      if (batch.complete()) {
        storedUpTo = batch.began;
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable e) {
    closeLedger(e);
    lock.lock();
    try {
      if (failure.isEmpty()) {
        log.atWarn().setCause(e).log("the store takes no entries, the journal keeps them");
      }
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      lock.unlock();
    }
  }

  private void closeLedger(@Nullable Throwable because) {
    var open = ledger;
    ledger = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (RuntimeException e) {
      if (because == null) {
        log.atWarn().setCause(e).log("cannot close the store");
      } else {
        because.addSuppressed(e);
      }
    }
  }

  private void pause(Duration time) {
    lock.lock();
    try {
      var left = time.toNanos();
      while (!closing && !hurried && left > 0) {
        left = hurry.awaitNanos(left);
      }
      hurried = false;
    } catch (InterruptedException e) {
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Stops after the batch at hand and closes the ledger; call [#flush] before to have it complete.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      hurry.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
