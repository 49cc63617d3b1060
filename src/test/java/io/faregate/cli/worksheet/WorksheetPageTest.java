package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.ConsolePage;
import io.faregate.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `docs/worksheet.md` shows what the commands in its blocks of `console` print.
class WorksheetPageTest {
  private static final Path PAGE = Path.of("docs/worksheet.md");
  private static final Path EXAMPLES = Path.of("examples/worksheets");
  private static final Instant NOW = Instant.parse("2026-08-21T12:00:00Z");

  @Test
  void showsWhatTheCommandsPrint() throws IOException {
    ConsolePage.check(
        PAGE,
        words -> {
          var answer = new Shell().with(_ -> Optional.empty(), InstantSource.fixed(NOW)).run(words);
          return answer.out() + answer.err();
        });
  }

  @Test
  void leavesNoExampleOut() throws IOException {
    var page = Files.readString(PAGE);
    try (var examples = Files.list(EXAMPLES)) {
      assertThat(examples.filter(each -> each.toString().endsWith(".yaml")))
          .isNotEmpty()
          .allSatisfy(example -> assertThat(page).contains("worksheet " + example));
    }
  }
}
