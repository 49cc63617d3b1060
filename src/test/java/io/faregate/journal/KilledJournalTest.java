package io.faregate.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.faregate.ledger.Entry;
import io.faregate.ledger.RandomEntries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = SEPARATE_THREAD)
final class KilledJournalTest {
  private static final int KILLS = 5;

  @TempDir Path directory;

  /// Appends calls without end and prints the id of each once it is appended.
  static final class Appender {
    private Appender() {}

    public static void main(String[] args) {
      var run = args[1];
      var journal = Journals.open(Path.of(args[0]));
      var random = new RandomEntries(1);
      for (int i = 0; ; i++) {
        var entry = random.call("call_%s_%07d".formatted(run, i), 0);
        Journals.append(journal, List.of(entry));
        System.out.println(entry.call());
      }
    }
  }

  @Test
  void losesNothingThatWasAppendedWhenTheProcessIsKilled() throws Exception {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    var acknowledged = new HashSet<String>();
    for (int run = 0; run < KILLS; run++) {
      var process = startAppender(run);
      try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (int left = chance.nextInt(800); left > 0; left--) {
          acknowledged.add(lines.readLine());
        }
        process.toHandle().destroyForcibly(); // that of Process would close the pipe
        lines.lines().filter(line -> line.length() == 14).forEach(acknowledged::add);
      }
      process.waitFor();

      try (var journal = Journals.open(directory)) {
        var kept = new HashSet<>(Journals.read(journal).stream().map(Entry::call).toList());
        assertThat(kept).as("seed %d, kill %d", seed, run).containsAll(acknowledged);
        // Small segments fill the journal quickly; what is archived can still be read.
        journal.archiveUpTo(journal.end());
      }
    }
  }

  private Process startAppender(int run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Appender.class.getName(),
            directory.toString(),
            Integer.toString(run))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
