package io.faregate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.faregate.ledger.Entry;
import io.faregate.ledger.RandomEntries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A journal of two or more segments is written once; each case then damages a copy of it.
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class TornJournalTest {
  @TempDir Path temporary;

  private final List<Entry> entries = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private Path written;
  private Path copy;
  private long last;

  TornJournalTest() {
    this.written = Path.of("");
    this.copy = written;
  }

  @BeforeEach
  void write() throws IOException {
    written = temporary.resolve("written");
    copy = temporary.resolve("copy");
    var random = new RandomEntries(1);
    try (var journal = Journals.open(written)) {
      while (journal.end().segment() < 3 || journal.end().offset() < 3000) {
        // Calls without attempts leave nothing open, wherever the tail is torn.
        var entry = random.call("call_%05d".formatted(entries.size()), 0);
        Journals.append(journal, List.of(entry));
        entries.add(entry);
        last = journal.end().segment();
        ends.add((int) journal.end().offset());
      }
    }
  }

  private Path segment(long number) {
    return copy.resolve("%019d.segment".formatted(number));
  }

  private void copy() throws IOException {
    Files.createDirectories(copy.resolve("archive"));
    for (long number = 1; number <= last; number++) {
      var name = segment(number).getFileName();
      Files.write(copy.resolve(name), Files.readAllBytes(written.resolve(name)));
    }
    Files.deleteIfExists(segment(last + 1));
  }

  private int end(int fromLast) {
    return ends.get(ends.size() - 1 - fromLast);
  }

  /// Scans the copy as opening does, without the threads and the ballast of a journal.
  private Recovery scan() throws IOException {
    try (var folder = SegmentFolder.lock(copy, () -> 1L << 40)) {
      var scan = new SegmentScan(folder, 16 << 10, false);
      scan.run();
      return scan.report(0, 0);
    }
  }

  @Test
  void cutsATailThatEndsAtAnyByteOfItsLastThreeRecords() throws IOException {
    copy();
    var whole = Files.readAllBytes(segment(last));
    for (int cut = end(3); cut <= end(0); cut++) {
      Files.write(segment(last), Arrays.copyOf(whole, cut));
      int wholeRecords = entries.size();
      for (int i = 0; i < 3 && cut < end(i); i++) {
        wholeRecords--;
      }

      var recovery = scan();

      assertThat(recovery.entries()).as("cut at %d", cut).isEqualTo(wholeRecords);
      assertThat(Files.size(segment(last))).isEqualTo(whole.length);
      assertThat(scan().bytesCut()).as("cut at %d, again", cut).isZero();
    }
  }

  @Test
  void cutsFromARecordWithAFlippedBit() throws IOException {
    copy();
    var whole = Files.readAllBytes(segment(last));
    for (int at = end(3); at < end(0); at++) {
      var flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      Files.write(segment(last), flipped);
      int torn = at < end(2) ? 3 : at < end(1) ? 2 : 1;

      var recovery = scan();

      assertThat(recovery.entries()).as("flipped at %d", at).isEqualTo(entries.size() - torn);
      assertThat(recovery.bytesCut()).as("flipped at %d", at).isPositive();
      assertThat(recovery.cutAt()).contains("offset " + end(torn));
    }
  }

  @Test
  void cutsATailThatIsZeroOrTwiceThere() throws IOException {
    copy();
    var whole = Files.readAllBytes(segment(last));
    var zeroed = whole.clone();
    Arrays.fill(zeroed, end(1) - 5, end(0), (byte) 0);
    Files.write(segment(last), zeroed);
    assertThat(scan().entries()).isEqualTo(entries.size() - 2);

    var doubled = whole.clone();
    System.arraycopy(whole, end(1), doubled, end(0), end(0) - end(1));
    Files.write(segment(last), doubled);
    var recovery = scan();
    assertThat(recovery.entries()).isEqualTo(entries.size());
    assertThat(recovery.bytesCut()).isEqualTo(end(0) - end(1));
    assertThat(copy.resolve("cut-%d-%d".formatted(last, end(0)))).exists();
  }

  @Test
  void cutsTheSegmentBeforeTheLastWhileThatIsNotChained() throws IOException {
    copy();
    var before = Files.readAllBytes(segment(last - 1));
    var next = Files.readAllBytes(segment(last));
    Arrays.fill(before, before.length / 2, before.length, (byte) 0);
    Files.write(segment(last - 1), before);

    assertThatThrownBy(this::scan).hasMessageContaining("journal damaged");

    Arrays.fill(next, SegmentHeader.DIGEST_AT, SegmentHeader.DIGEST_AT + Digest.BYTES, (byte) 0);
    Files.write(segment(last), next);
    var recovery = scan();

    assertThat(recovery.bytesCut()).isGreaterThanOrEqualTo(next.length);
    assertThat(recovery.cutAt()).contains(segment(last - 1).toString());
    assertThat(copy.resolve("unreadable-" + last)).exists();
    try (var journal = Journals.open(copy)) {
      Journals.append(journal, new RandomEntries(2).calls(30));
      assertThat(Journals.read(journal))
          .startsWith(entries.subList(0, (int) recovery.entries()).toArray(Entry[]::new));
    }
  }

  @Test
  void goesOnBehindTheCut() throws IOException {
    copy();
    var whole = Files.readAllBytes(segment(last));
    Files.write(segment(last), Arrays.copyOf(whole, end(0) - 1));
    var more = new RandomEntries(2).calls(30);

    try (var journal = Journals.open(copy)) {
      Journals.append(journal, more);
    }

    var expected = new ArrayList<>(entries.subList(0, entries.size() - 1));
    expected.addAll(more);
    try (var journal = Journals.open(copy)) {
      assertThat(Journals.read(journal)).isEqualTo(expected);
    }
  }

  @Test
  void refusesDamageBeforeTheTailAndNamesIt() throws IOException {
    copy();
    flip(segment(1), 500);

    assertThatThrownBy(() -> Journals.open(copy))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(segment(1).toString())
        .hasMessageContaining("offset")
        .hasMessageContaining("--accept-journal-loss");
    try (var journal = FileJournal.open(Journals.acceptingLoss(copy), Journals.CLOCK)) {
      assertThat(journal.recovery().lost()).isNotEmpty();
      assertThat(Journals.read(journal)).isNotEmpty().isSubsetOf(entries);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void refusesAMissingSegment() throws IOException {
    copy();
    Files.delete(segment(2));

    assertThatThrownBy(() -> Journals.open(copy))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("segment 2")
        .hasMessageContaining("missing");
  }

  @Test
  void refusesASegmentThatWasRewrittenWithGoodChecksums() throws IOException {
    copy();
    var bytes = Files.readAllBytes(segment(1));
    var at = SegmentHeader.BYTES;
    var end =
        at + Frame.HEAD_BYTES + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    var record = Arrays.copyOfRange(bytes, at, end);
    var text = new String(record, StandardCharsets.ISO_8859_1);
    record[text.indexOf("call_00000")] = 'k';
    Frame.seal(record, record.length, 1);
    System.arraycopy(record, 0, bytes, at, record.length);
    Files.write(segment(1), bytes);

    assertThatThrownBy(() -> Journals.open(copy))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("was changed");
  }

  @Test
  void refusesANewerFormatEvenIfLossIsAccepted() throws IOException {
    copy();
    var bytes = Files.readAllBytes(segment(last));
    bytes[SegmentHeader.FORMAT_AT]++;
    Files.write(segment(last), bytes);

    assertThatThrownBy(() -> FileJournal.open(Journals.acceptingLoss(copy), Journals.CLOCK))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("format " + (SegmentHeader.FORMAT + 1));
  }
}
