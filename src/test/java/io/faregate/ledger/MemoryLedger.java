package io.faregate.ledger;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import io.faregate.call.Segment;
import io.faregate.call.Segments;
import io.faregate.money.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A ledger in memory, whose cells are worked out from all entries each time they are asked for.
public final class MemoryLedger implements Ledger {
  private final Map<String, CallEntry> calls = new TreeMap<>();
  private final Map<String, TreeMap<Integer, AttemptEntry>> attempts = new TreeMap<>();
  private final List<CallEntry> allCalls = new ArrayList<>();
  private final Map<String, AttemptEntry> latestAttempts = new LinkedHashMap<>();
  private final Map<String, List<AttemptEntry>> allRevisions = new TreeMap<>();
  private final Map<String, PremiumEntry> premium = new TreeMap<>();
  private Position watermark = Position.START;
  private @Nullable Instant missingBefore;

  @Override
  public synchronized Position watermark() {
    return watermark;
  }

  @Override
  public synchronized void missing(Instant before) {
    missingBefore =
        missingBefore == null || missingBefore.isBefore(before) ? before : missingBefore;
  }

  @Override
  public synchronized @Nullable Instant missingBefore() {
    return missingBefore;
  }

  @Override
  public synchronized void store(EntrySource source) {
    var entries = new ArrayList<Entry>();
    var position = source.read(entries::add);
    if (position.compareTo(watermark) <= 0) {
      return;
    }
    for (var entry : entries) {
      switch (entry) {
        case StartedEntry _ -> {}
        case CallEntry call -> {
          if (calls.putIfAbsent(call.call(), call) == null) {
            allCalls.add(call);
          }
        }
        case AttemptEntry attempt -> store(attempt);
        case PremiumEntry credit -> premium.put(String.valueOf(credit.workflow()), credit);
      }
    }
    watermark = position;
  }

  private void store(AttemptEntry attempt) {
    var key = "%s %06d".formatted(attempt.call(), attempt.attempt());
    if (attempts.computeIfAbsent(key, _ -> new TreeMap<>()).putIfAbsent(attempt.revision(), attempt)
        == null) {
      latestAttempts.merge(key, attempt, (a, b) -> a.revision() > b.revision() ? a : b);
      allRevisions.computeIfAbsent(attempt.call(), _ -> new ArrayList<>()).add(attempt);
    }
  }

  private Stream<AttemptEntry> latest() {
    return attempts.values().stream().map(revisions -> revisions.lastEntry().getValue());
  }

  @Override
  public synchronized List<PremiumEntry> premium() {
    return List.copyOf(premium.values());
  }

  @Override
  public synchronized Optional<StoredCall> call(String id) {
    return Optional.ofNullable(calls.get(id)).map(this::withAttempts);
  }

  @Override
  public synchronized List<StoredCall> withAttempts(List<CallEntry> calls) {
    return calls.stream().map(this::withAttempts).toList();
  }

  private StoredCall withAttempts(CallEntry call) {
    var revisions =
        attempts.values().stream()
            .flatMap(each -> each.values().stream())
            .filter(attempt -> attempt.call().equals(call.call()));
    return StoredCall.of(call, revisions.toList());
  }

  @Override
  public synchronized List<AttemptEntry> attempts(Collection<String> calls) {
    return latest().filter(attempt -> calls.contains(attempt.call())).toList();
  }

  @Override
  public synchronized List<CallEntry> calls(Span span, int limit) {
    return calls.values().stream()
        .filter(call -> in(span, call.startedAt()))
        .sorted(comparing(CallEntry::startedAt).thenComparing(CallEntry::call).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean in(Span span, Instant at) {
    return !at.isBefore(span.from()) && at.isBefore(span.to());
  }

  @Override
  public synchronized List<AttemptCell> attemptCells(Span span) {
    var cells = new LinkedHashMap<AttemptCell, AttemptCell>();
    for (var entry : latestAttempts.values()) {
      if (in(span.wholeQuarters(), entry.startedAt())) {
        var one = cell(entry);
        cells.merge(zero(one), one, MemoryLedger::plus);
      }
    }
    return List.copyOf(cells.values());
  }

  private static AttemptCell cell(AttemptEntry entry) {
    var cost = entry.costNanoUsd();
    return new AttemptCell(
        Span.quarterOf(entry.startedAt()),
        entry.dimensions(),
        entry.kind(),
        entry.reason(),
        entry.tier(),
        entry.sku(),
        1,
        entry.usage() == null ? Usage.NONE : entry.usage(),
        entry.tokens(),
        cost == null ? 0 : cost,
        entry.inDoubtNanoUsd(),
        cost == null ? 1 : 0,
        entry.unreported() ? 1 : 0);
  }

  private static AttemptCell zero(AttemptCell cell) {
    return new AttemptCell(
        cell.quarter(),
        cell.dimensions(),
        cell.kind(),
        cell.reason(),
        cell.tier(),
        cell.sku(),
        0,
        Usage.NONE,
        Segments.NONE,
        0,
        0,
        0,
        0);
  }

  private static AttemptCell plus(AttemptCell a, AttemptCell b) {
    return new AttemptCell(
        a.quarter(),
        a.dimensions(),
        a.kind(),
        a.reason(),
        a.tier(),
        a.sku(),
        a.attempts() + b.attempts(),
        a.usage().plus(b.usage()),
        plus(a.tokens(), b.tokens()),
        a.costNanoUsd() + b.costNanoUsd(),
        a.inDoubtNanoUsd() + b.inDoubtNanoUsd(),
        a.unpriced() + b.unpriced(),
        a.estimated() + b.estimated());
  }

  private static Segments plus(Segments a, Segments b) {
    var sums = Stream.of(Segment.values()).mapToLong(s -> a.of(s) + b.of(s)).toArray();
    return new Segments(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  @Override
  public synchronized List<CallCell> callCells(Span span) {
    var cells = new LinkedHashMap<CallCell, CallCell>();
    for (var entry : allCalls) {
      if (in(span.wholeQuarters(), entry.startedAt())) {
        var revisions = allRevisions.getOrDefault(entry.call(), List.of());
        var one = cell(StoredCall.of(entry, revisions));
        cells.merge(zero(one), one, MemoryLedger::plus);
      }
    }
    return List.copyOf(cells.values());
  }

  private static CallCell cell(StoredCall call) {
    var entry = call.call();
    var cost = call.costNanoUsd();
    return new CallCell(
        Span.quarterOf(entry.startedAt()),
        entry.dimensions(),
        entry.firstTier(),
        entry.tier(),
        entry.model(),
        entry.reasons().isEmpty() ? null : entry.reasons().getFirst(),
        1,
        entry.refusal() == null ? 0 : 1,
        entry.tokens(),
        cost == null ? 0 : cost,
        call.unpricedAttempts() > 0 ? 1 : 0);
  }

  private static CallCell zero(CallCell cell) {
    return new CallCell(
        cell.quarter(),
        cell.dimensions(),
        cell.firstTier(),
        cell.tier(),
        cell.model(),
        cell.reason(),
        0,
        0,
        Segments.NONE,
        0,
        0);
  }

  private static CallCell plus(CallCell a, CallCell b) {
    return new CallCell(
        a.quarter(),
        a.dimensions(),
        a.firstTier(),
        a.tier(),
        a.model(),
        a.reason(),
        a.calls() + b.calls(),
        a.refused() + b.refused(),
        plus(a.tokens(), b.tokens()),
        a.costNanoUsd() + b.costNanoUsd(),
        a.unpriced() + b.unpriced());
  }

  @Override
  public synchronized List<AttemptEntry> unreported(Span span, int limit) {
    return latest(span, limit, AttemptEntry::unreported);
  }

  @Override
  public synchronized List<AttemptEntry> inDoubt(Span span, int limit) {
    return latest(span, limit, AttemptEntry::inDoubt);
  }

  private List<AttemptEntry> latest(Span span, int limit, Predicate<AttemptEntry> wanted) {
    Comparator<AttemptEntry> order =
        comparing(AttemptEntry::startedAt)
            .thenComparing(AttemptEntry::call)
            .thenComparingInt(AttemptEntry::attempt);
    return latest()
        .filter(attempt -> in(span, attempt.startedAt()) && wanted.test(attempt))
        .sorted(order.reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long prune(Instant before, Instant doubtBefore) {
    var spared =
        latest()
            .filter(attempt -> attempt.inDoubt() && !attempt.startedAt().isBefore(doubtBefore))
            .map(AttemptEntry::call)
            .collect(toSet());
    var forgotten =
        calls.values().stream()
            .filter(call -> call.startedAt().isBefore(before) && !spared.contains(call.call()))
            .map(CallEntry::call)
            .toList();
    attempts
        .values()
        .removeIf(revisions -> {
          var attempt = revisions.firstEntry().getValue();
          return forgotten.contains(attempt.call())
              || (!calls.containsKey(attempt.call())
                  && !spared.contains(attempt.call())
                  && attempt.startedAt().isBefore(before));
        });
    forgotten.forEach(calls::remove);
    return forgotten.size();
  }

  @Override
  public void close() {}
}
