package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `faregate worksheet diff` where more than the worksheets is different.
class WorksheetDiffCommandTest {
  @TempDir private Path folder;

  @Test
  void comparesTheSameWorksheetUnderAPastConfigurationAndANewOne() throws IOException {
    var worksheet =
        Files.writeString(
            folder.resolve("worksheet.yaml"),
            """
            prices: 2026-08-21
            routes:
              - { workflow: s, step: a, first: low, requests: 1000, input_tokens: 1000,
                  output_tokens: 100 }
            """);
    var past = configuration("past", "gpt-5.6-luna");
    var next = configuration("next", "gpt-5.6-sol");

    assertThat(diff(worksheet, "--config", next)).contains("from 8.00000 to 8.00000");
    assertThat(diff(worksheet, "--config", next, "--past-config", past))
        .contains("from 0.32000 to 8.00000");
  }

  @Test
  void refusesAPastConfigurationThatIsNotThereWhateverItIsCalled() throws IOException {
    var worksheet =
        Files.writeString(
                folder.resolve("worksheet.yaml"),
                """
                routes:
                  - { workflow: s, step: a, first: openai/gpt-5.6-luna, requests: 1,
                      input_tokens: 1, output_tokens: 1 }
                """)
            .toString();
    var next = configuration("next", "gpt-5.6-sol");
    assertThat(Path.of("faregate.yaml")).doesNotExist();

    var answer =
        new Shell()
            .run(
                "worksheet",
                "diff",
                worksheet,
                worksheet,
                "--config",
                next,
                "--past-config",
                "faregate.yaml");

    assertThat(answer.exitCode()).isEqualTo(3);
    assertThat(answer.err()).contains("faregate.yaml");
  }

  private String diff(Path worksheet, String... options) {
    var words = new ArrayList<>(List.of("worksheet", "diff"));
    words.addAll(List.of(worksheet.toString(), worksheet.toString()));
    words.addAll(List.of(options));
    var answer = new Shell().with("KEY", "a-key-of-the-test").run(words.toArray(String[]::new));
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    return answer.out();
  }

  private String configuration(String name, String model) throws IOException {
    var text =
        """
        providers: { openai: { api: openai, key: "${KEY}" } }
        tiers: { low: { models: [openai/%s] } }
        default_task: chat
        tasks: { chat: { tier: low } }
        plans: { standard: { tiers: [low] } }
        default_plan: standard
        """
            .formatted(model);
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }
}
