package io.faregate.journal;

import io.faregate.ledger.Entry;
import io.faregate.ledger.RandomEntries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one append costs on an event loop: encoding, checksum, copy. The journal is archived and
/// deleted as it grows, as a store that keeps up does it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AppendBenchmark {
  private static final int APPENDS_PER_ARCHIVING = 20_000;

  private final FileJournal journal;
  private final List<Entry> started = new ArrayList<>();
  private final List<Entry> attempts = new ArrayList<>();
  private final List<Entry> calls = new ArrayList<>();
  private int count;

  /// Opens a journal in a new directory.
  public AppendBenchmark() {
    var settings =
        settings(
            Path.of(
                System.getProperty("java.io.tmpdir"), "journal-" + ProcessHandle.current().pid()));
    journal = FileJournal.open(settings, InstantSource.fixed(Instant.EPOCH));
    var random = new RandomEntries(1);
    for (int i = 0; i < 128; i++) {
      var id = "call_01k9zq3v5n7m2x4c6b8d0f%04d".formatted(i);
      started.add(random.started(id, 1));
      attempts.add(random.attempt(id, 1, 0));
      calls.add(random.call(id, 1));
    }
  }

  private static FileJournal.Settings settings(Path directory) {
    return new FileJournal.Settings(
        directory, 16 << 20, 8L << 30, Duration.ofMillis(10), Duration.ofDays(-1), false);
  }

  /// Closes it.
  @TearDown
  public void close() {
    journal.close();
  }

  private void append(List<Entry> entries) {
    journal.append(entries.get(count & 127));
    if (++count % APPENDS_PER_ARCHIVING == 0) {
      journal.archiveUpTo(journal.end());
    }
  }

  /// An attempt that is over.
  @Benchmark
  public void attempt() {
    append(attempts);
  }

  /// A call that is over.
  @Benchmark
  public void call() {
    append(calls);
  }

  /// A whole call of one attempt: three appends.
  @Benchmark
  public void startedAndAttemptAndCall() {
    journal.append(started.get(count & 127));
    journal.append(attempts.get(count & 127));
    append(calls);
  }
}
