package io.faregate.journal;

import static io.faregate.call.AttemptKind.RETRY;
import static io.faregate.call.AttemptKind.SHADOW;
import static io.faregate.journal.Journals.CLOCK;
import static io.faregate.journal.Journals.NOW;
import static io.faregate.journal.Journals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faregate.call.Ending;
import io.faregate.call.Reason;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.call.UsageSource;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.ledger.Position;
import io.faregate.ledger.RandomEntries;
import io.faregate.ledger.StartedEntry;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class FileJournalTest {
  private static final long PLENTY = 1L << 40;

  @TempDir Path directory;

  @Test
  void keepsEntriesInOrderOverManySegmentsAndRestarts() {
    var random = new RandomEntries(1);
    var all = new ArrayList<Entry>();
    for (int start = 0; start < 3; start++) {
      try (var journal = Journals.open(directory)) {
        var entries = random.calls(40);
        Journals.append(journal, entries);
        all.addAll(entries);

        assertThat(Journals.read(journal)).isEqualTo(all);
        assertThat(journal.recovery().bytesCut()).isZero();
        assertThat(journal.end().segment()).isGreaterThan(1);
      }
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithTheCauseAndTheRemedy() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> Journals.open(file.resolve("journal")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot open the journal in " + file)
        .hasMessageContaining("Not a directory")
        .hasMessageContaining("name another folder with --data");
    var archive = Files.writeString(directory.resolve("archive"), "");
    assertThatThrownBy(() -> Journals.open(directory))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(archive + " is a file and not a folder");
  }

  @Test
  void readsTheRecordsOfFormat1AndGoesOnBehindThem() throws Exception {
    // The last commit before format 2 wrote it: started, attempt and call, with all that is odd.
    var segment = directory.resolve("0000000000000000001.segment");
    try (var written = FileJournalTest.class.getResourceAsStream("/journal/format-1.segment")) {
      Files.copy(Objects.requireNonNull(written), segment);
    }
    var more = new RandomEntries(9).calls(3);

    try (var journal = Journals.open(directory)) {
      Journals.append(journal, more);
      var entries = Journals.read(journal);

      assertThat(entries).hasSize(14 + more.size()).endsWith(more.toArray(Entry[]::new));
      var attempt = (AttemptEntry) entries.get(12);
      assertThat(attempt.usage()).isEqualTo(new Usage(253, 8, 3801, 5138, 27, 13));
      assertThat(attempt.sku().serviceTier()).isEqualTo(ServiceTier.FLEX);
      assertThat(attempt.priceDate()).isEqualTo("2026-08-21");
      var call = (CallEntry) entries.get(13);
      assertThat(call.startedAt()).isEqualTo("2026-03-29T00:23:17.552789Z");
      assertThat(call.reasons()).containsExactly(Reason.KEY_BUDGET);
      assertThat(call.chain()).extracting(Rung::kind).containsExactly(SHADOW, RETRY);
      assertThat(call.tokens()).isEqualTo(new Segments(31134, 1, 13118, 1618, 73, 447956));
    }
    assertThat(Files.readAllBytes(segment)[SegmentHeader.FORMAT_AT]).isEqualTo((byte) 2);
  }

  @Test
  void keepsEverythingThatFourThreadsAppendWhileAnotherReads() throws Exception {
    try (var journal = Journals.open(directory);
        var threads = Executors.newFixedThreadPool(4)) {
      var work = new ArrayList<Callable<List<Entry>>>();
      for (int i = 1; i <= 4; i++) {
        var entries = new RandomEntries(i).calls(60);
        work.add(() -> {
          Journals.append(journal, entries);
          return entries;
        });
      }
      var expected = new ArrayList<Entry>();
      var appending = work.stream().map(threads::submit).toList();
      var reader = journal.reader();
      var read = new ArrayList<Entry>();
      var at = Position.START;
      while (!appending.stream().allMatch(done -> done.isDone())) {
        at = reader.read(at, read::add);
      }
      for (var done : appending) {
        expected.addAll(done.get());
      }
      var _ = reader.read(at, read::add);

      assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void refusesASecondOwnerOfTheDirectory() {
    try (var _ = Journals.open(directory)) {
      assertThatThrownBy(() -> Journals.open(directory))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(directory.toString());
    }
    Journals.open(directory).close();
  }

  @Test
  void endsWhatACrashLeftOpenAtItsFullHoldInDoubt() {
    var random = new RandomEntries(2);
    var finished = random.attempt("call_a", 1, 0);
    try (var journal = Journals.open(directory)) {
      journal.append(random.started("call_a", 1));
      journal.append(finished);
      journal.append(random.started("call_a", 2));
      journal.append(random.started("call_b", 1));
      journal.append(random.call("call_b", 0));
    }

    try (var journal = Journals.open(directory)) {
      var entries = Journals.read(journal);
      var started = (StartedEntry) entries.get(2);
      var crashed = (AttemptEntry) entries.get(5);
      var call = (CallEntry) entries.get(6);
      var drained = (AttemptEntry) entries.get(7);

      assertThat(entries).hasSize(8);
      assertThat(crashed.call()).isEqualTo("call_a");
      assertThat(crashed.attempt()).isEqualTo(2);
      assertThat(crashed.ending()).isEqualTo(Ending.CRASHED);
      assertThat(crashed.usageSource()).isEqualTo(UsageSource.UNKNOWN);
      assertThat(crashed.holdNanoUsd()).isEqualTo(started.holdNanoUsd());
      var hold = started.holdNanoUsd();
      assertThat(crashed.inDoubtNanoUsd()).isEqualTo(hold == null ? 0 : hold);
      assertThat(crashed.costNanoUsd()).isEqualTo(hold == null ? null : Long.valueOf(0));
      assertThat(call.status()).isZero();
      assertThat(call.endedAt()).isEqualTo(NOW);
      assertThat(call.attempts()).isEqualTo(2);
      assertThat(call.inDoubtNanoUsd())
          .isEqualTo(finished.inDoubtNanoUsd() + crashed.inDoubtNanoUsd());
      assertThat(drained.call()).isEqualTo("call_b");
      assertThat(journal.recovery().openAttempts()).isEqualTo(2);
      assertThat(journal.recovery().openCalls()).isEqualTo(1);
    }
    try (var journal = Journals.open(directory)) {
      assertThat(Journals.read(journal)).hasSize(8);
      assertThat(journal.recovery().openAttempts()).isZero();
    }
  }

  @Test
  void archivesWhatTheStoreHasAndNoOpenCallNeeds() throws Exception {
    var random = new RandomEntries(3);
    try (var journal = Journals.open(directory)) {
      Journals.append(journal, random.calls(30));
      Journals.append(journal, List.of(random.started("call_open", 1)));
      var open = journal.end().segment();
      Journals.append(journal, random.calls(60));
      var all = Journals.read(journal);
      var archive = directory.resolve("archive");

      awaitArchived(journal, archive, open - 1);

      assertThat(journal.end().segment()).isGreaterThan(open + 1);
      assertThat(Journals.read(journal)).isEqualTo(all);
      Journals.append(journal, List.of(random.attempt("call_open", 1, 0)));
      Journals.append(journal, List.of(random.call("call_open", 1)));
      awaitArchived(journal, archive, journal.end().segment() - 1);
    }
    try (var journal = Journals.open(directory)) {
      assertThat(journal.recovery().lost()).isEmpty();
      assertThat(journal.oldest().segment()).isEqualTo(1);
    }
  }

  private static void awaitArchived(FileJournal journal, Path archive, long count)
      throws Exception {
    do {
      journal.archiveUpTo(journal.end());
      Thread.onSpinWait();
    } while (count(archive) < count);
    assertThat(count(archive)).isEqualTo(count);
  }

  private static long count(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }

  @Test
  void deletesTheArchiveAfterItsTime() throws Exception {
    try (var journal = Journals.open(directory)) {
      Journals.append(journal, new RandomEntries(4).calls(60));
      awaitArchived(journal, directory.resolve("archive"), journal.end().segment() - 1);
    }
    try (var journal = FileJournal.open(settings(directory), () -> NOW.plus(Duration.ofDays(8)))) {
      journal.archiveUpTo(journal.end());

      assertThat(count(directory.resolve("archive"))).isZero();
      assertThat(journal.oldest().segment()).isEqualTo(journal.end().segment());
      assertThat(Journals.read(journal)).isNotEmpty();
    }
  }

  @Test
  void admitsNothingOnAFullDiskAndLosesNothing() {
    var free = new AtomicLong(PLENTY);
    var folder = SegmentFolder.lock(directory, free::get);
    try (var journal = FileJournal.open(settings(directory), CLOCK, folder)) {
      assertThat(journal.ready()).isTrue();
      assertThat(directory.resolve("ballast")).exists();
      free.set(1000);
      awaitReady(journal, false);
      assertThat(directory.resolve("ballast")).doesNotExist();
      assertThat(journal.status().reason()).contains("64 MiB").contains(directory.toString());

      var entries = new RandomEntries(5).calls(60);
      entries.forEach(journal::append);

      assertThat(journal.status().waiting()).isPositive();
      free.set(PLENTY);
      awaitReady(journal, true);
      assertThat(Journals.read(journal)).isEqualTo(entries);
      assertThat(journal.status().lost()).isZero();
      assertThat(directory.resolve("ballast")).exists();
    }
  }

  @Test
  void tellsOfRecordsForWhichThereIsNoRoomInMemoryEither() {
    var logger = (Logger) LoggerFactory.getLogger(FileJournal.class);
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    logger.addAppender(told);
    var free = new AtomicLong(PLENTY);
    var folder = SegmentFolder.lock(directory, free::get);
    try (var journal = FileJournal.open(settings(directory), CLOCK, folder)) {
      free.set(1000);
      awaitReady(journal, false);
      var entry = new RandomEntries(8).call("call_1", 0);
      while (journal.status().waiting() == 0) {
        journal.append(entry);
      }

      for (int i = journal.status().waiting(); i < FileJournal.MAX_WAITING + 3; i++) {
        journal.append(entry);
      }

      assertThat(journal.status().waiting()).isEqualTo(FileJournal.MAX_WAITING);
      assertThat(journal.status().lost()).isEqualTo(3);
      assertThat(told.list).hasSize(1);
      assertThat(told.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
      assertThat(told.list.getFirst().getFormattedMessage()).contains("records of calls are lost");
    } finally {
      logger.detachAppender(told);
    }
  }

  private static void awaitReady(FileJournal journal, boolean ready) {
    while (journal.ready() != ready || (ready && journal.status().waiting() > 0)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void admitsNothingBeyondItsLargestSizeUntilTheStoreHasCaughtUp() {
    var small =
        new FileJournal.Settings(
            directory, 16 << 10, 64 << 10, Duration.ofMillis(1), Duration.ofDays(7), false);
    try (var journal = FileJournal.open(small, CLOCK)) {
      while (!journal.status().reason().contains("the store is behind")) {
        if (journal.ready()) {
          journal.append(new RandomEntries(6).call("call_1", 0));
        }
      }
      while (!journal.ready()) {
        journal.archiveUpTo(journal.end());
      }
    }
  }

  @Test
  void goesOnAfterAStoreThatKnowsMore() {
    try (var journal = Journals.open(directory)) {
      journal.continueAfter(new Position(7, 4000));

      assertThat(journal.end().segment()).isEqualTo(8);
      Journals.append(journal, new RandomEntries(7).calls(40));
      assertThat(Journals.read(journal)).isEqualTo(new RandomEntries(7).calls(40));
    }
    try (var journal = Journals.open(directory)) {
      assertThat(journal.recovery().lost()).isEmpty();
    }
  }
}
