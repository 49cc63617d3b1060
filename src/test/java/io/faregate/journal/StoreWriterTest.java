package io.faregate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.faregate.journal.StoreWriter.Pace;
import io.faregate.ledger.AttemptCell;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallCell;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Entry;
import io.faregate.ledger.EntrySource;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.Span;
import io.faregate.ledger.StartedEntry;
import io.faregate.ledger.StoreException;
import io.faregate.ledger.StoredCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class StoreWriterTest {
  private static final Span ALL =
      new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pace QUICK =
      new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(10));

  private static final String FIRST = "%019d.segment".formatted(1);

  @TempDir Path directory;

  private static StoreWriter start(FileJournal journal, Supplier<Ledger> opening) {
    return new StoreWriter(journal, opening, Duration.ofDays(90), Journals.CLOCK, QUICK).started();
  }

  @Test
  void carriesEveryEntryAndArchivesWhatIsCarried() {
    var ledger = new MemoryLedger();
    try (var journal = Journals.open(directory);
        var writer = start(journal, () -> ledger)) {
      Journals.append(journal, new RandomEntries(1).calls(100));

      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(ledger.calls(ALL, 1000)).hasSize(100);
      assertThat(writer.status()).isEqualTo(new StoreStatus(0, 0, false, "", null));
    }
  }

  @Test
  void showsALedgerThatFailsAndCatchesUpOnceItWorks() {
    var broken = new AtomicBoolean(true);
    var opened = new AtomicInteger();
    var memory = new MemoryLedger();
    try (var journal = Journals.open(directory);
        var writer =
            start(
                journal,
                () -> {
                  opened.incrementAndGet();
                  return new WatchedLedger(memory, () -> fail(broken));
                })) {
      Journals.append(journal, new RandomEntries(1).calls(20));
      while (!writer.status().failing()) {
        Thread.onSpinWait();
      }

      assertThat(writer.status().message()).contains("invalidated");
      assertThat(writer.status().lagBytes()).isPositive();
      assertThat(journal.ready()).isTrue();
      assertThat(writer.flush(Duration.ofMillis(20))).isFalse();

      broken.set(false);
      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(writer.status().failing()).isFalse();
      assertThat(memory.calls(ALL, 1000)).hasSize(20);
      assertThat(opened.get()).isGreaterThan(1);
    }
  }

  @Test
  void goesOnFromTheWatermarkAfterARestart() {
    var ledger = new MemoryLedger();
    var random = new RandomEntries(1);
    for (int start = 1; start <= 3; start++) {
      try (var journal = Journals.open(directory);
          var writer = start(journal, () -> ledger)) {
        Journals.append(journal, random.calls(30));
        assertThat(writer.flush(PATIENCE)).isTrue();
        assertThat(ledger.calls(ALL, 1000)).hasSize(30 * start);
      }
    }
  }

  @Test
  void rebuildsALostLedgerFromTheSegmentsKept() {
    var lost = new MemoryLedger();
    var rebuilt = new MemoryLedger();
    try (var journal = Journals.open(directory)) {
      Journals.append(journal, new RandomEntries(1).calls(200));
      for (var ledger : List.of(lost, rebuilt)) {
        try (var writer = start(journal, () -> ledger)) {
          assertThat(writer.flush(PATIENCE)).isTrue();
          assertThat(writer.status().missingBefore()).isNull();
        }
      }
    }
    assertThat(rebuilt.attemptCells(ALL)).isEqualTo(lost.attemptCells(ALL));
    assertThat(rebuilt.callCells(ALL)).isEqualTo(lost.callCells(ALL));
  }

  @Test
  void storesNewEntriesWhenTheJournalWasLostAndTheLedgerWasNot() {
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(), new Position(5, 9000)));
    try (var journal = Journals.open(directory);
        var writer = start(journal, () -> ledger)) {
      while (writer.ledger().isEmpty() || journal.end().segment() < 6) {
        Thread.onSpinWait();
      }
      Journals.append(journal, new RandomEntries(1).calls(5));

      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(ledger.calls(ALL, 10)).hasSize(5);
    }
  }

  @Test
  void saysThatHistoryMayBeMissingWhenTheJournalWasLost() {
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(), new Position(5, 9000)));
    for (int start = 0; start < 2; start++) {
      try (var journal = Journals.open(directory);
          var writer = start(journal, () -> ledger)) {
        assertThat(writer.flush(PATIENCE)).isTrue();
        assertThat(writer.status().missingBefore()).isEqualTo(Journals.NOW);
      }
    }
    assertThat(ledger.missingBefore()).isEqualTo(Journals.NOW);
  }

  @Test
  void saysOfMissingHistoryNoLongerThanItMayCountUnderALimit() {
    var ledger = new MemoryLedger();
    ledger.missing(Journals.NOW.minus(Duration.ofDays(33)));
    try (var journal = Journals.open(directory);
        var writer = start(journal, () -> ledger)) {
      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(writer.status().missingBefore()).isNull();
    }
  }

  @Test
  void saysThatHistoryIsMissingWhenTheSegmentsAreGone() {
    var settings = Journals.settings(directory);
    var ledger = new MemoryLedger();
    try (var journal = FileJournal.open(settings, Journals.CLOCK)) {
      Journals.append(journal, new RandomEntries(1).calls(100));
      try (var writer = start(journal, () -> ledger)) {
        assertThat(writer.flush(PATIENCE)).isTrue();
      }
      while (journal.oldest().segment() == journal.end().segment()) {
        Thread.onSpinWait();
      }
      journal.archiveUpTo(journal.end());
    }
    try (var journal = FileJournal.open(settings, () -> Journals.NOW.plus(Duration.ofDays(30)))) {
      journal.archiveUpTo(journal.end());
      var rebuilt = new MemoryLedger();
      try (var writer = start(journal, () -> rebuilt)) {
        assertThat(writer.flush(PATIENCE)).isTrue();
        assertThat(writer.status().missingBefore()).isNotNull().isEqualTo(firstStart(journal));
      }
      assertThat(rebuilt.missingBefore()).isEqualTo(firstStart(journal));
    }
  }

  @Test
  void saysThatHistoryIsMissingWhenTheLossOfAPartIsAccepted() throws IOException {
    writeThreeSegments();
    flip(directory.resolve(FIRST));
    var ledger = new MemoryLedger();
    for (int start = 0; start < 2; start++) {
      try (var journal = FileJournal.open(Journals.acceptingLoss(directory), Journals.CLOCK);
          var writer = start(journal, () -> ledger)) {
        assertThat(writer.flush(PATIENCE)).isTrue();
        assertThat(writer.status().missingBefore())
            .isNotNull()
            .isEqualTo(firstStart(journal, new Position(2, 0)));
      }
    }
  }

  @Test
  void saysNothingOfALossThatTheLedgerDoesNotFeel() throws IOException {
    writeThreeSegments();
    flip(directory.resolve(FIRST));
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(), new Position(2, SegmentHeader.BYTES)));
    try (var journal = FileJournal.open(Journals.acceptingLoss(directory), Journals.CLOCK);
        var writer = start(journal, () -> ledger)) {
      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(writer.status().missingBefore()).isNull();
    }
  }

  @Test
  void saysThatHistoryIsMissingWhenTheLossOfAnArchivedPartIsAccepted() throws IOException {
    writeThreeSegments();
    try (var journal = Journals.open(directory);
        var writer = start(journal, MemoryLedger::new)) {
      assertThat(writer.flush(PATIENCE)).isTrue();
      journal.archiveUpTo(journal.end());
    }
    flip(directory.resolve("archive").resolve(FIRST));
    var rebuilt = new MemoryLedger();
    try (var journal = FileJournal.open(Journals.acceptingLoss(directory), Journals.CLOCK);
        var writer = start(journal, () -> rebuilt)) {
      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(rebuilt.missingBefore())
          .isNotNull()
          .isEqualTo(firstStart(journal, new Position(2, 0)));
    }
    assertThat(rebuilt.calls(ALL, 10_000)).isNotEmpty();
  }

  private void writeThreeSegments() {
    var random = new RandomEntries(1);
    try (var journal = Journals.open(directory)) {
      while (journal.end().segment() < 3) {
        Journals.append(journal, random.call());
      }
    }
  }

  private static void flip(Path segment) throws IOException {
    var bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
  }

  private static Instant firstStart(FileJournal journal) {
    return firstStart(journal, Position.START);
  }

  /// When the first attempt began whose start is left from there on; with none, nothing before now
  /// is certain.
  private static Instant firstStart(FileJournal journal, Position from) {
    var entries = new ArrayList<Entry>();
    var _ = journal.reader().read(from, entries::add);
    return entries.stream()
        .filter(StartedEntry.class::isInstance)
        .map(entry -> ((StartedEntry) entry).startedAt())
        .findFirst()
        .orElse(Journals.NOW);
  }

  @Test
  void waitsForALedgerThatIsFarBehindAsLongAsItTakes() throws Exception {
    var memory = new MemoryLedger();
    var opened = new CountDownLatch(1);
    try (var journal = Journals.open(directory)) {
      Journals.append(journal, new RandomEntries(1).calls(20));
      try (var writer = start(journal, () -> opening(memory, opened))) {
        var complete = CompletableFuture.supplyAsync(writer::catchUp);
        assertThat(writer.flush(Duration.ofMillis(20))).isFalse();
        assertThat(complete).isNotDone();
        opened.countDown();

        assertThat(complete.get()).isTrue();
        assertThat(memory.calls(ALL, 1000)).hasSize(20);
      }
    }
  }

  @Test
  void doesNotWaitForALedgerThatFails() {
    var broken = new AtomicBoolean(true);
    var ledger = new WatchedLedger(new MemoryLedger(), () -> fail(broken));
    try (var journal = Journals.open(directory)) {
      Journals.append(journal, new RandomEntries(1).calls(20));
      try (var writer = start(journal, () -> ledger)) {
        assertThat(writer.catchUp()).isFalse();
      }
    }
  }

  @Test
  void goesOnAfterAnErrorOfTheMachine() {
    var tries = new AtomicInteger();
    Supplier<Ledger> opening =
        () -> {
          if (tries.getAndIncrement() == 0) {
            throw new OutOfMemoryError("of the test");
          }
          return new MemoryLedger();
        };
    try (var journal = Journals.open(directory);
        var writer = start(journal, opening)) {
      Journals.append(journal, new RandomEntries(1).calls(20));

      assertThat(writer.flush(PATIENCE)).isTrue();
    }
  }

  @Test
  void doesNotMindThatSomebodyHasDeletedAnArchivedSegment() throws Exception {
    var memory = new MemoryLedger();
    try (var journal = Journals.open(directory);
        var writer = start(journal, () -> memory)) {
      var archive = directory.resolve("archive");
      while (journal.end().segment() < 3) {
        Journals.append(journal, new RandomEntries(1).calls(20));
        assertThat(writer.flush(PATIENCE)).isTrue();
      }
      var first = archive.resolve(FIRST);
      while (!Files.exists(first)) {
        Thread.onSpinWait();
      }
      Files.delete(first);

      journal.archiveUpTo(journal.end());

      assertThat(journal.oldest().segment()).isEqualTo(2);
      assertThat(writer.flush(PATIENCE)).isTrue();
      assertThat(writer.status().failing()).isFalse();
    }
  }

  @Test
  void isNoMoreBehindThanItsBatchesTakeWhileCallsNeverCease() {
    var now = new AtomicReference<>(Journals.NOW);
    var watched = new AtomicBoolean(true);
    var reading = new CyclicBarrier(2);
    var lags = new ArrayList<Long>();
    var calls = new RandomEntries(1);
    Runnable transaction =
        () -> {
          if (watched.get()) {
            meet(reading);
            meet(reading);
          }
        };
    var ledger = new WatchedLedger(new MemoryLedger(), transaction);
    try (var journal = Journals.open(directory);
        var writer = new StoreWriter(journal, () -> ledger, null, now::get, QUICK).started()) {
      for (int batch = 1; batch <= 20; batch++) {
        meet(reading);
        Journals.append(journal, calls.calls(1));
        now.updateAndGet(instant -> instant.plusSeconds(1));
        lags.add(writer.status().lagSeconds());
        watched.set(batch < 20);
        meet(reading);
      }
    }

    assertThat(lags).hasSize(20).allMatch(seconds -> seconds == 1 || seconds == 2);
  }

  private static Ledger opening(MemoryLedger memory, CountDownLatch opened) {
    try {
      opened.await();
      return memory;
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  private static void fail(AtomicBoolean broken) {
    if (broken.get()) {
      throw new StoreException("the database was invalidated");
    }
  }

  private static void meet(CyclicBarrier other) {
    try {
      other.await();
    } catch (InterruptedException | BrokenBarrierException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /// Does something in each transaction, once its entries are read.
  private record WatchedLedger(MemoryLedger memory, Runnable transaction) implements Ledger {
    @Override
    public Position watermark() {
      return memory.watermark();
    }

    @Override
    public void store(EntrySource entries) {
      memory.store(each -> {
        var next = entries.read(each);
        transaction.run();
        return next;
      });
    }

    @Override
    public void missing(Instant before) {
      memory.missing(before);
    }

    @Override
    public @Nullable Instant missingBefore() {
      return memory.missingBefore();
    }

    @Override
    public Optional<StoredCall> call(String id) {
      return memory.call(id);
    }

    @Override
    public List<StoredCall> withAttempts(List<CallEntry> calls) {
      return memory.withAttempts(calls);
    }

    @Override
    public List<AttemptEntry> attempts(Collection<String> calls) {
      return memory.attempts(calls);
    }

    @Override
    public List<CallEntry> calls(Span span, int limit) {
      return memory.calls(span, limit);
    }

    @Override
    public List<AttemptCell> attemptCells(Span span) {
      return memory.attemptCells(span);
    }

    @Override
    public List<CallCell> callCells(Span span) {
      return memory.callCells(span);
    }

    @Override
    public List<AttemptEntry> unreported(Span span, int limit) {
      return memory.unreported(span, limit);
    }

    @Override
    public List<AttemptEntry> inDoubt(Span span, int limit) {
      return memory.inDoubt(span, limit);
    }

    @Override
    public List<PremiumEntry> premium() {
      return memory.premium();
    }

    @Override
    public long prune(Instant before, Instant doubtBefore) {
      return memory.prune(before, doubtBefore);
    }

    @Override
    public void close() {}
  }
}
