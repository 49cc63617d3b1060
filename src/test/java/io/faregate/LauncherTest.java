package io.faregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script `faregate` over sources whose Maven only notes that it ran, and a JDK that only says
/// what it is asked to run.
@Timeout(60)
class LauncherTest {
  @TempDir private Path folder;

  private Path root;
  private Path built;

  LauncherTest() {
    root = Path.of("");
    built = Path.of("");
  }

  @BeforeEach
  void sources() throws IOException {
    folder = folder.toRealPath();
    root = Files.createDirectories(folder.resolve("root"));
    built = root.resolve("built");
    Files.createDirectories(root.resolve("src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.copy(Path.of("faregate"), root.resolve("faregate"));
    script(
        "mvnw",
        "echo once >>built; until [ -f go ]; do :; done; mkdir -p target; >target/faregate.jar");
    script("jdk/bin/java", "echo \"runs $*\"");
    script("jdk/bin/javac", ":");
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  @Test
  void ofTwoThatFindNoJarOneBuildsAndTheOtherWaits() throws Exception {
    var first = launched(Map.of());
    try (var said = first.errorReader(UTF_8)) {
      assertThat(said.readLine()).contains("building");
      var second = launched(Map.of());
      try (var saidBySecond = second.errorReader(UTF_8)) {
        assertThat(saidBySecond.readLine())
            .contains("process " + first.pid() + " is building", "waiting");
        Files.writeString(root.resolve("go"), "");

        for (var each : List.of(first, second)) {
          assertThat(output(each)).contains("faregate.jar --version");
        }
        assertThat(saidBySecond.readLine()).isNull();
      } finally {
        second.destroy();
      }
    } finally {
      Files.writeString(root.resolve("go"), "");
      first.destroy();
    }
    assertThat(built).hasContent("once\n");
  }

  @Test
  void theLockOfABuildThatDiedIsTakenOver() throws Exception {
    Files.writeString(root.resolve("go"), "");
    var dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor()).isZero();
    Files.createDirectories(root.resolve("target"));
    Files.createSymbolicLink(root.resolve("target/.building"), Path.of("" + dead.pid()));

    assertThat(output(launched(Map.of()))).contains("faregate.jar --version");
    assertThat(built).hasContent("once\n");
    assertThat(Files.isSymbolicLink(root.resolve("target/.building"))).isFalse();
  }

  @Test
  void aBuildThatFailsLeavesNoLock() throws Exception {
    script("mvnw", "echo broken; exit 1");

    var failing = launched(Map.of());

    assertThat(failing.waitFor(30, SECONDS)).isTrue();
    assertThat(failing.exitValue()).isEqualTo(1);
    assertThat(Files.isSymbolicLink(root.resolve("target/.building"))).isFalse();
  }

  @Test
  void anExportedSearchPathOfCdLeadsItNowhereElse() throws Exception {
    Files.writeString(root.resolve("go"), "");

    assertThat(output(launched(Map.of("CDPATH", folder + ":/"))))
        .contains("-jar " + root + "/target/faregate.jar --version");
  }

  private Process launched(Map<String, String> variables) throws IOException {
    var builder = new ProcessBuilder("root/faregate", "--version").directory(folder.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("FAREGATE_JAVA_HOME", root.resolve("jdk").toString());
    return builder.start();
  }

  private static String output(Process process) throws IOException {
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      return String.valueOf(out.readLine());
    }
  }

  private void script(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
