package io.faregate.cli.worksheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a workbook is written, and what that leaves alone.
class WorkbookFileTest {
  private static final String ROW =
      "- { workflow: w, step: s%d, first: openai/gpt-5.6-luna, requests: 1, turns: 200,"
          + " input_tokens: 1, output_tokens: 1 }\n";

  @TempDir private Path folder;

  @Test
  void leavesAWorkbookAloneWhereItCannotWriteAnother() throws IOException {
    var kept = Files.writeString(folder.resolve("kept.xlsx"), "of last month");

    var answer = write(worksheet(600), kept);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("a workbook holds 100,000");
    assertThat(kept).hasContent("of last month");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void putsAWorkbookInThePlaceOfAnother() throws IOException {
    var old = Files.writeString(folder.resolve("old.xlsx"), "of last month");

    var answer = write(worksheet(1), old);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Files.readAllBytes(old)).startsWith('P', 'K');
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void keepsWhoMayReadAWorkbookThatItReplaces() throws IOException {
    var old = Files.writeString(folder.resolve("old.xlsx"), "of last month");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw----"));

    assertThat(write(worksheet(1), old).exitCode()).isZero();

    assertThat(Files.getPosixFilePermissions(old))
        .isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
  }

  @Test
  void neverWritesOverTheWorksheetItself() throws IOException {
    var worksheet = worksheet(1);
    var text = Files.readString(worksheet);

    var answer = write(worksheet, folder.resolve(".").resolve("worksheet.yaml"));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("is the worksheet itself", "--out");
    assertThat(worksheet).hasContent(text);
  }

  private Shell.Answer write(Path worksheet, Path workbook) {
    return new Shell()
        .run("worksheet", worksheet.toString(), "--format", "xlsx", "--out", workbook.toString());
  }

  private Path worksheet(int rows) throws IOException {
    var text = IntStream.range(0, rows).mapToObj(ROW::formatted).collect(Collectors.joining());
    return Files.writeString(folder.resolve("worksheet.yaml"), "routes:\n" + text);
  }
}
