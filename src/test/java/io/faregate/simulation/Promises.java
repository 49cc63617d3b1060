package io.faregate.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.StartedEntry;
import io.faregate.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What must hold after every event of a run. Source: RELIABILITY §3.
final class Promises {
  private static final long MILLION = 1_000_000;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Policy policy;
  private final MemoryJournal journal;
  private final ScriptedProviders providers;
  private final Map<String, Instant> windows = new HashMap<>();
  private final List<AssertionError> bugs = new ArrayList<>();
  private int seen;
  private Instant lastBegun = Instant.MIN;
  private long spentNanoUsd;
  private long inDoubtNanoUsd;

  Promises(Policy policy, MemoryJournal journal, ScriptedProviders providers) {
    this.policy = policy;
    this.journal = journal;
    this.providers = providers;
  }

  /// Notes that a call ended by a bug.
  void broken(String call, Throwable bug) {
    bugs.add(new AssertionError("a bug ended " + call, bug));
  }

  void check(Book book, Instant now) {
    if (!bugs.isEmpty()) {
      throw bugs.getFirst();
    }
    for (var state : book.limits(now)) {
      safety(state);
      forward(state);
    }
    for (var share : book.premium()) {
      var burst = policy.limits().premiumBurst();
      assertThat(share.premiumCalls() * MILLION)
          .as("premium share of %s", share)
          .isLessThanOrEqualTo(share.shareMillionths() * share.calls() + burst * MILLION);
    }
    read();
  }

  /// S1: what counts never passes a limit.
  private static void safety(LimitState state) {
    var limit = state.limitNanoUsd();
    if (limit != null) {
      assertThat(state.usedNanoUsd()).as("S1 %s", state).isLessThanOrEqualTo(limit);
    }
  }

  /// T1: windows never go back.
  private void forward(LimitState state) {
    var before = windows.put(state.limit().toString(), state.window().from());
    if (before != null) {
      assertThat(state.window().from()).as("T1 %s", state).isAfterOrEqualTo(before);
    }
  }

  /// What has been recorded since the last look: attempts begin in the order of the clock, by which
  /// windows roll, so that a book made again has them in the same ones; and for each call that has
  /// ended L2 and the limit of attempts.
  private void read() {
    var entries = journal.entries();
    for (; seen < entries.size(); seen++) {
      if (entries.get(seen) instanceof StartedEntry started) {
        assertThat(started.startedAt()).as("S2 %s", started).isAfterOrEqualTo(lastBegun);
        lastBegun = started.startedAt();
      } else if (entries.get(seen) instanceof AttemptEntry attempt) {
        spentNanoUsd += attempt.costNanoUsd() == null ? 0 : attempt.costNanoUsd();
        inDoubtNanoUsd += attempt.inDoubtNanoUsd();
      } else if (entries.get(seen) instanceof CallEntry call) {
        assertThat(call.attempts())
            .as("%s", call)
            .isLessThanOrEqualTo(policy.limits().attemptsPerCall());
        var most = policy.limits().deadline().plus(policy.limits().idle()).plus(GRACE);
        assertThat(call.durationMillis()).as("L2 %s", call).isLessThanOrEqualTo(most.toMillis());
        assertThat(Duration.between(call.startedAt(), call.endedAt()).toMillis())
            .as("dated by one clock, whatever it is set to: %s", call)
            .isEqualTo(call.durationMillis());
      }
    }
  }

  /// L1, S2 and S3 when nothing is to come any more.
  void checkAtRest(Book book) {
    read();
    assertThat(journal.underWay()).as("S2: every attempt has one end").isZero();
    assertThat(book.limits(Instant.EPOCH).stream().mapToLong(LimitState::heldNanoUsd).sum())
        .as("L1: nothing under way, nothing held")
        .isZero();
    assertThat(spentNanoUsd + inDoubtNanoUsd)
        .as("S3: spent and in doubt are at least what the providers bill")
        .isGreaterThanOrEqualTo(providers.billedNanoUsd());
  }

  /// The book that the ledger makes has what the running one has settled.
  void checkSame(Book running, Book rebuilt, Instant now) {
    assertThat(settled(rebuilt.limits(now)))
        .as("S2: the book equals its ledger")
        .containsAllEntriesOf(settled(running.limits(now)));
  }

  private static Map<String, Long> settled(List<LimitState> states) {
    return states.stream()
        .collect(Collectors.toMap(state -> state.limit().toString(), LimitState::spentNanoUsd));
  }
}
