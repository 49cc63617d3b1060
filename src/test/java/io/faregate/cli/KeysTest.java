package io.faregate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.cli.terminal.Outlet;
import io.faregate.policy.KeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir private Path folder;
  private final Shell shell = new Shell().with("OPENAI_API_KEY", "a-key-of-the-test");
  private Path file = Path.of("");

  @BeforeEach
  void copySample() throws IOException {
    file = folder.resolve("faregate.yaml");
    Files.copy(Path.of("src/test/golden/cli/keys.yaml"), file);
  }

  @Test
  void writesAKeyThatTheFileThenHas() throws IOException {
    var before = Files.readString(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    var made = keys("new", "batch", "--workflow", "support", "--daily-budget", "5", "--write");

    assertThat(made.exitCode()).isZero();
    var key = made.out().strip();
    assertThat(KeyText.shapeOf(key)).isEqualTo(KeyText.Shape.WHOLE);
    var after = Files.readString(file);
    var line = after.lines().filter(each -> each.contains("batch")).findFirst().orElseThrow();
    assertThat(line).contains(KeyText.sha256(key), "daily_budget: $5 }");
    assertThat(after.replace(line + "\n", "")).isEqualTo(before);
    assertThat(after).doesNotContain(key);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertOnlyFile();
  }

  @Test
  void leavesAFileAloneThatWouldBeBad() throws IOException {
    var before = Files.readString(file);

    var unknown = keys("new", "batch", "--workflow", "suport", "--write");
    var taken = keys("new", "docs-backend", "--write");
    var badName = keys("new", "Not A Name", "--write");

    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).contains("suport").contains("nearest: \"support\"");
    assertThat(taken.exitCode()).isEqualTo(2);
    assertThat(badName.exitCode()).isEqualTo(3);
    for (var answer : List.of(unknown, taken, badName)) {
      assertThat(answer.out()).isEmpty();
    }
    assertThat(Files.readString(file)).isEqualTo(before);
    assertOnlyFile();
  }

  @Test
  void rotatesAKeyAndEndsTheRotation() throws IOException {
    var before = Files.readString(file);

    var rotated = keys("rotate", "analyst", "--write");
    var during = Files.readString(file);
    var again = keys("rotate", "analyst", "--write");
    var ended = keys("revoke", "analyst", "--old", "--write");
    var after = Files.readString(file);

    var hash = KeyText.sha256(rotated.out().strip());
    var old = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    assertThat(during).isEqualTo(before.replace(old, "[%s, %s]".formatted(old, hash)));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("keys revoke analyst --old");
    assertThat(ended.exitCode()).isZero();
    assertThat(after).isEqualTo(before.replace(old, "[%s]".formatted(hash)));
  }

  @Test
  void revokesOneKeyAfterTheOther() throws IOException {
    var first = keys("revoke", "docs-backend", "--write");
    assertThat(first.exitCode()).isZero();
    assertThat(Files.readString(file)).doesNotContain("docs-backend").contains("analyst", "# who");

    var last = keys("revoke", "analyst", "--write");
    assertThat(last.err()).contains("that is the last key");
    assertThat(Files.readString(file)).doesNotContain("keys:");
    assertThat(keys("list").err()).contains("has no keys");

    var fresh = keys("new", "web", "--write");
    assertThat(fresh.exitCode()).isZero();
    assertThat(keys("list").out()).contains("web");
  }

  @Test
  void revokesTheLastKeyOfAServerThatOthersReach() throws IOException {
    Files.writeString(file, Files.readString(file) + "server: { host: 0.0.0.0 }\n");

    assertThat(keys("revoke", "docs-backend", "--write").exitCode()).isZero();
    var last = keys("revoke", "analyst", "--write");

    assertThat(last.exitCode()).isZero();
    assertThat(last.err()).contains("that is the last key", "lets nobody in");
    assertThat(Files.readString(file)).doesNotContain("keys:");
    assertThat(keys("list").err()).contains("has no keys: nobody may call");
  }

  @Test
  void writesNoHashOfAKeyThatCouldNotBePrinted() throws IOException {
    var before = Files.readString(file);

    for (var failure : List.of("No space left on device", "Broken pipe")) {
      var _ = shell.printingTo(new Outlet(new FailingStream(failure)));
      var made = keys("new", "lost", "--write");
      var json = keys("new", "lost", "--write", "--json");
      var rotated = keys("rotate", "analyst", "--write");

      for (var answer : List.of(made, json, rotated)) {
        assertThat(answer.exitCode()).isEqualTo(4);
        assertThat(answer.err()).contains("the key could not be printed").hasLineCount(1);
      }
    }
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void makesAKeyForAFileThatIsNotThereYet() {
    var made = shell.run("keys", "new", "web", "--config", folder.resolve("none.yaml").toString());

    assertThat(made.exitCode()).isZero();
    assertThat(made.out().lines()).hasSize(2);
    assertThat(made.err()).contains("was not checked");
  }

  private Shell.Answer keys(String... arguments) {
    return shell.run(
        Stream.of(List.of("keys"), List.of(arguments), List.of("--config", file.toString()))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private void assertOnlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
