package io.faregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.CallReport;
import io.faregate.audit.SampleCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every ledger does. [MemoryLedger] adds its cells up from the entries, so a store agrees
/// with its rows if it agrees with that one.
public abstract class LedgerContract {
  private static final Span ALL =
      new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  private Ledger ledger = new MemoryLedger();

  /// An empty ledger.
  protected abstract Ledger fresh();

  @BeforeEach
  void open() {
    ledger = fresh();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static Position at(long offset) {
    return new Position(1, offset);
  }

  @Test
  void beginsEmptyBeforeTheFirstRecord() {
    assertThat(ledger.watermark()).isEqualTo(Position.START);
    assertThat(ledger.calls(ALL, 10)).isEmpty();
    assertThat(ledger.attemptCells(ALL)).isEmpty();
    assertThat(ledger.call("call_1")).isEmpty();
  }

  @Test
  void givesBackACallAsItWasStored() {
    for (int seed = 1; seed <= 20; seed++) {
      var entries = new RandomEntries(seed).call();
      var call = (CallEntry) entries.getLast();
      var store = fresh();
      store.store(Entries.of(entries, at(1)));

      assertThat(store.call(call.call())).as("seed %d", seed).hasValue(stored(entries));
      store.close();
    }
  }

  private static StoredCall stored(List<Entry> entries) {
    var attempts =
        entries.stream()
            .filter(AttemptEntry.class::isInstance)
            .map(AttemptEntry.class::cast)
            .toList();
    return new StoredCall((CallEntry) entries.getLast(), attempts);
  }

  @Test
  void cellsAreTheSumOfTheRowsWhateverIsRepeatedOrCorrected() {
    var seed = new Random().nextLong();
    var random = new RandomEntries(seed);
    var chance = new Random(seed);
    var reference = new MemoryLedger();
    var all = new ArrayList<Entry>();
    for (int batch = 1; batch <= 8; batch++) {
      var entries = new ArrayList<>(random.calls(30));
      for (int i = 0; i < 10; i++) {
        entries.add(entries.get(chance.nextInt(entries.size())));
        if (!all.isEmpty()) {
          var old = all.get(chance.nextInt(all.size()));
          entries.add(old);
          entries.add(random.attempt(old.call(), 1, chance.nextInt(1, 4)));
        }
      }
      Collections.shuffle(entries, chance);
      all.addAll(entries);
      ledger.store(Entries.of(entries, at(batch)));
      reference.store(Entries.of(entries, at(batch)));
    }

    assertSame(reference, seed);
  }

  private void assertSame(MemoryLedger reference, long seed) {
    assertThat(ledger.attemptCells(ALL).stream().filter(cell -> cell.attempts() > 0))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(reference.attemptCells(ALL));
    assertThat(ledger.callCells(ALL))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(reference.callCells(ALL));
    assertThat(ledger.calls(ALL, 1_000_000)).isEqualTo(reference.calls(ALL, 1_000_000));
    assertThat(ledger.unreported(ALL, 50)).isEqualTo(reference.unreported(ALL, 50));
    assertThat(ledger.inDoubt(ALL, 50)).isEqualTo(reference.inDoubt(ALL, 50));
    for (var call : reference.calls(ALL, 20)) {
      assertThat(ledger.call(call.call())).isEqualTo(reference.call(call.call()));
    }
  }

  @Test
  void aCorrectedAttemptCorrectsWhatItsCallCost() {
    var lost = SampleCalls.lost();
    ledger.store(Entries.of(List.of(lost, SampleCalls.inDoubt()), at(1)));

    ledger.store(Entries.of(List.of(lost.corrected(12)), at(2)));
    ledger.store(Entries.of(List.of(lost.corrected(12)), at(3)));

    assertThat(ledger.callCells(ALL))
        .singleElement()
        .satisfies(cell -> {
          assertThat(cell.calls()).isEqualTo(1);
          assertThat(cell.costNanoUsd()).isEqualTo(12);
        });
    var call = ledger.call(SampleCalls.LOST).orElseThrow();
    assertThat(call.costNanoUsd()).isEqualTo(12);
    assertThat(call.inDoubtNanoUsd()).isZero();
  }

  @Test
  void aCorrectedAttemptLeavesWhatALostSiblingOfItCost() {
    var refused = SampleCalls.refused();
    ledger.store(Entries.of(List.of(refused, SampleCalls.call()), at(1)));

    ledger.store(Entries.of(List.of(refused.corrected(12)), at(2)));
    ledger.store(Entries.of(List.of(refused.corrected(12).corrected(7)), at(3)));

    var call = ledger.call(SampleCalls.ID).orElseThrow();
    assertThat(call.costNanoUsd()).isEqualTo(SampleCalls.COST + 7);
    assertThat(call.inDoubtNanoUsd()).isZero();
    assertThat(call.unpricedAttempts()).isZero();
    assertThat(ledger.callCells(ALL))
        .singleElement()
        .extracting(CallCell::costNanoUsd)
        .isEqualTo(SampleCalls.COST + 7);
    assertThat(CallReport.lines(ledger, ALL, 10))
        .singleElement()
        .extracting(line -> line.text("cost_usd"))
        .isEqualTo("0.016522007");
  }

  @Test
  void givesTheAttemptsOfACallThatIsStillUnderWay() {
    ledger.store(Entries.of(List.of(SampleCalls.lost()), at(1)));

    assertThat(ledger.attempts(List.of(SampleCalls.LOST, "call_x")))
        .containsExactly(SampleCalls.lost());
    assertThat(ledger.attempts(List.of())).isEmpty();
  }

  @Test
  void aBatchBeforeTheWatermarkChangesNothing() {
    var random = new RandomEntries(3);
    ledger.store(Entries.of(random.calls(3), at(500)));

    ledger.store(Entries.of(random.calls(3), at(500)));
    ledger.store(Entries.of(random.calls(3), at(400)));

    assertThat(ledger.watermark()).isEqualTo(at(500));
    assertThat(ledger.calls(ALL, 10)).hasSize(3);
  }

  @Test
  void anEmptyBatchMovesTheWatermark() {
    ledger.store(Entries.of(List.of(), new Position(4, 128)));

    assertThat(ledger.watermark()).isEqualTo(new Position(4, 128));
  }

  @Test
  void aStartedEntryLeavesNoRow() {
    ledger.store(Entries.of(List.of(new RandomEntries(5).started("call_x", 1)), at(1)));

    assertThat(ledger.call("call_x")).isEmpty();
    assertThat(ledger.attemptCells(ALL)).isEmpty();
    assertThat(ledger.unreported(ALL, 10)).isEmpty();
  }

  @Test
  void keepsTheLastPremiumCreditOfEachWorkflow() {
    ledger.store(
        Entries.of(
            List.of(
                new PremiumEntry("call_1", "support", 1, 1, 9_100_000),
                new PremiumEntry("call_2", null, 1, 0, 10_000_000),
                new PremiumEntry("call_3", "support", 2, 2, 8_200_000)),
            at(1)));
    ledger.store(
        Entries.of(List.of(new PremiumEntry("call_3", "support", 2, 1, 9_200_000)), at(2)));

    assertThat(ledger.premium())
        .containsExactlyInAnyOrder(
            new PremiumEntry("call_2", null, 1, 0, 10_000_000),
            new PremiumEntry("call_3", "support", 2, 1, 9_200_000));
  }

  @Test
  void anUnknownCostIsNotZero() {
    var unpriced =
        new RandomEntries(1)
            .calls(200).stream()
                .filter(e -> e instanceof AttemptEntry a && a.costNanoUsd() == null)
                .map(AttemptEntry.class::cast)
                .findFirst()
                .orElseThrow();
    var call = new RandomEntries(1).call(unpriced.call(), 1);
    ledger.store(Entries.of(List.of(unpriced, call), at(1)));

    var stored = ledger.call(unpriced.call()).orElseThrow();

    assertThat(stored.attempts().getFirst().costNanoUsd()).isNull();
    assertThat(ledger.attemptCells(ALL).getFirst().unpriced()).isEqualTo(1);
  }

  @Test
  void cutsTheSpanOfCellsToWholeQuarters() {
    var random = new RandomEntries(8);
    ledger.store(Entries.of(random.calls(100), at(1)));
    var quarter = Instant.parse("2026-03-29T00:00:00Z");
    var whole = new Span(quarter, quarter.plusSeconds(900));
    var part = new Span(quarter.plusSeconds(300), quarter.plusSeconds(301));

    assertThat(ledger.callCells(whole))
        .isNotEmpty()
        .allMatch(cell -> cell.quarter().equals(quarter));
    assertThat(ledger.callCells(part)).isEqualTo(ledger.callCells(whole));
    assertThat(ledger.attemptCells(part)).isEqualTo(ledger.attemptCells(whole));
  }

  @Test
  void listsTheLatestCallsFirst() {
    ledger.store(Entries.of(new RandomEntries(9).calls(50), at(1)));

    var latest = ledger.calls(ALL, 10);

    assertThat(latest).hasSize(10);
    assertThat(latest.stream().map(CallEntry::startedAt))
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void pruningForgetsRowsAndKeepsCells() {
    ledger.store(Entries.of(new RandomEntries(11).calls(60), at(1)));
    var before = Instant.parse("2026-03-29T00:20:00Z");
    var old = ledger.calls(new Span(ALL.from(), before), 100);
    var attemptCells = ledger.attemptCells(ALL);
    var callCells = ledger.callCells(ALL);

    var forgotten = ledger.prune(before, ALL.to());

    assertThat(forgotten).isEqualTo(old.size()).isPositive();
    assertThat(ledger.call(old.getFirst().call())).isEmpty();
    assertThat(ledger.calls(ALL, 100)).hasSize(60 - old.size());
    assertThat(ledger.attemptCells(ALL)).isEqualTo(attemptCells);
    assertThat(ledger.callCells(ALL)).isEqualTo(callCells);
  }

  @Test
  void pruningSparesWhatIsInDoubtAsLongAsItMayCount() {
    var lost = SampleCalls.lost();
    var settled = List.of(SampleCalls.refused(), SampleCalls.answered(), SampleCalls.call());
    ledger.store(Entries.of(settled, at(1)));
    ledger.store(Entries.of(List.of(lost, SampleCalls.inDoubt()), at(2)));
    var now = lost.startedAt().plus(Duration.ofDays(2));

    assertThat(ledger.prune(now.minus(Duration.ofHours(1)), now.minus(Span.LONGEST_WINDOW)))
        .isEqualTo(1);

    assertThat(ledger.call(SampleCalls.ID)).isEmpty();
    assertThat(ledger.inDoubt(ALL, 10)).containsExactly(lost);
    assertThat(ledger.call(SampleCalls.LOST)).isPresent();

    ledger.store(Entries.of(List.of(lost.corrected(5)), at(3)));

    assertThat(ledger.prune(now.minus(Duration.ofHours(1)), now.minus(Span.LONGEST_WINDOW)))
        .isEqualTo(1);
    assertThat(ledger.attempts(List.of(SampleCalls.LOST))).isEmpty();
  }

  @Test
  void pruningForgetsADoubtThatCountsInNoWindowAnyMore() {
    ledger.store(Entries.of(List.of(SampleCalls.lost(), SampleCalls.inDoubt()), at(1)));
    var later = SampleCalls.AT.plus(Duration.ofDays(40));

    assertThat(ledger.prune(later, later.minus(Span.LONGEST_WINDOW))).isEqualTo(1);
    assertThat(ledger.inDoubt(ALL, 10)).isEmpty();
  }

  @Test
  void saysBeforeWhenCallsMayBeMissing() {
    assertThat(ledger.missingBefore()).isNull();
    var noon = Instant.parse("2026-03-29T12:00:00Z");

    ledger.missing(noon);
    ledger.missing(noon.minusSeconds(60));
    ledger.store(Entries.of(List.of(), at(1)));

    assertThat(ledger.missingBefore()).isEqualTo(noon);
  }
}
