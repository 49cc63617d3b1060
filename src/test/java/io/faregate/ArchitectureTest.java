package io.faregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rooms of the product see only whom they may; and the rules see it when they do not.
class ArchitectureTest {
  @TempDir Path folder;

  @Test
  void everyRoomKeepsToTheTable() {
    var product = new ClassFileImporter().importPath(Path.of("target/classes"));

    assertThat(broken(product)).isEmpty();
  }

  @Test
  void findsARoomThatTheTableLacks() throws IOException {
    assertThat(broken("attic", "class Box {}"))
        .singleElement()
        .asString()
        .contains("Every class lives in a room");
  }

  @Test
  void findsAnImportThatTheTableLacks() throws IOException {
    var money = "public class Money {}";
    var signal = "class Signal { io.faregate.money.Money cost; }";

    assertThat(broken(Map.of("money", money, "confidence", signal)))
        .singleElement()
        .asString()
        .contains("Room confidence may import call");
  }

  @Test
  void findsAnImportOfMainAndTheCircleItMakes() throws IOException {
    var main = "public class Main { io.faregate.cli.Command command; }";
    var cli = "public class Command { io.faregate.main.Main main; }";

    assertThat(broken(Map.of("main", main, "cli", cli))).hasSize(2);
  }

  @Test
  void findsTheWorldInTheCore() throws IOException {
    var world =
        """
        class Money {
          java.io.File file;
          java.nio.file.Path path;
          java.net.URI address;
          java.time.Clock clock;
          Thread thread;
          org.slf4j.Logger log;
          java.util.concurrent.Executor pool;
          io.vertx.core.Future<String> later;
          Object at = java.time.Instant.now();
          long nanos = System.nanoTime();
        }
        """;

    assertThat(String.join("", broken("money", world)))
        .contains("Money.file>", "Money.path>", "Money.address>", "Money.clock>", "Money.thread>")
        .contains(
            "Money.log>", "Money.pool>", "Money.later>", "Instant.now()", "System.nanoTime()");
  }

  @Test
  void letsTheGatewaySeeFuturesOnly() throws IOException {
    assertThat(broken("gateway", "class Gateway { io.vertx.core.Future<String> later; }"))
        .isEmpty();
    assertThat(broken("gateway", "class Gateway { io.vertx.core.Vertx vertx; }")).hasSize(1);
  }

  @Test
  void findsWaitingAndDatabasesOnTheWayOfACall() throws IOException {
    var future = "java.util.concurrent.CompletableFuture<String>";
    assertThat(broken("http", "class A { Object a(%s f) { return f.join(); } }".formatted(future)))
        .hasSize(1);
    assertThat(
            broken(
                "http",
                "class A { String a(io.vertx.core.Future<String> f) { return f.await(); } }"))
        .hasSize(1);
    assertThat(broken("provider", "class A { void a() throws Exception { Thread.sleep(1); } }"))
        .hasSize(1);
    assertThat(broken("dialect", "class A { java.sql.Connection a; }")).hasSize(1);
    assertThat(broken("http", "class A { String a = String.join(\",\", \"b\"); }")).isEmpty();
  }

  private List<String> broken(String room, String source) throws IOException {
    return broken(Map.of(room, source));
  }

  /// The rules that one class in each of the rooms named breaks.
  private List<String> broken(Map<String, String> sources) throws IOException {
    var classes = Files.createTempDirectory(folder, "classes");
    var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (var room : sources.keySet()) {
      arguments.add(write(room, Objects.requireNonNull(sources.get(room))));
    }
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return broken(new ClassFileImporter().importPath(classes));
  }

  private static List<String> broken(JavaClasses classes) {
    return ArchitectureRules.all()
        .map(rule -> rule.evaluate(classes))
        .filter(EvaluationResult::hasViolation)
        .map(result -> result.getFailureReport().toString())
        .toList();
  }

  private String write(String room, String source) throws IOException {
    var name = source.replaceFirst("(?s).*?class (\\w+).*", "$1");
    var file = Files.createTempDirectory(folder, room).resolve(name + ".java");
    Files.writeString(file, "package io.faregate.%s;\n%s\n".formatted(room, source));
    return file.toString();
  }
}
