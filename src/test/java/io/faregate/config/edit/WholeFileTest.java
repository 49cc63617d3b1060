package io.faregate.config.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void leavesAWholeFileWhereTwoWriteAtOnce() throws IOException {
    var file = folder.resolve("file");

    WholeFile.replace(
        file,
        first -> {
          first.write('1');
          WholeFile.replace(file, second -> second.write('2'));
          assertThat(file).hasContent("2");
          first.write('1');
        });

    assertThat(file).hasContent("11");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void keepsWhoMayReadAFileWhateverIsPutThere() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));

    assertThat(WholeFile.replace(file, "old", "new")).isTrue();

    assertThat(file).hasContent("new");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("r--r-----"));
  }
}
