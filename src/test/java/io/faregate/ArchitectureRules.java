package io.faregate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may see whom: the table of the rooms, and what each kind of room may know of the world.
final class ArchitectureRules {
  private static final String ROOT = "io.faregate.";

  /// The rooms, and to the right of each all those that it may import.
  private static final Map<String, Set<String>> ROOMS =
      rooms(
          """
          money
          call        money
          policy      call money
          confidence  call
          budget      call money policy
          ledger      call money
          worksheet   policy call money
          audit       ledger worksheet policy budget confidence money call
          dialect     call money
          gateway     money call policy confidence budget ledger worksheet audit dialect
          wire
          http        gateway dialect policy call wire
          provider    gateway dialect call wire
          journal     gateway ledger call money
          store       ledger budget call money
          config      policy budget worksheet call money
          telemetry   gateway ledger call money
          admin       audit worksheet policy budget ledger money
          simulator   dialect money
          cli         config policy worksheet audit ledger call money
          """);

  /// The one room that sees all the others, and that none of them sees.
  private static final String MAIN = "main";

  private static final String[] CORE =
      packages(
          Set.of(
              "money", "call", "policy", "confidence", "budget", "ledger", "worksheet", "audit"));

  private static final String[] WAY_OF_A_CALL =
      packages(Set.of("http", "gateway", "provider", "dialect", "wire"));

  private static final Set<String> WAITS =
      Set.of(
          "await",
          "awaitTermination",
          "join",
          "sleep",
          "park",
          "parkNanos",
          "parkUntil",
          "wait",
          "get",
          "take",
          "put",
          "acquire",
          "invokeAll",
          "invokeAny");

  private static final Set<String> CLOCK_READS =
      Set.of("now", "currentTimeMillis", "nanoTime", "system");

  private ArchitectureRules() {}

  /// All rules, those that fail with the plainest sentences first.
  static Stream<ArchRule> all() {
    return Stream.of(
            Stream.of(everyClassHasARoom()),
            ROOMS.entrySet().stream().map(room -> seesOnly(room.getKey(), room.getValue())),
            Stream.of(
                noCycles(), pureCore(), clocklessCore(), futuresOnly(), noWaiting(), noJdbc()))
        .flatMap(rules -> rules)
        .map(rule -> rule.allowEmptyShould(true));
  }

  private static ArchRule everyClassHasARoom() {
    var known = packages(ROOMS.keySet());
    return classes()
        .should()
        .resideInAnyPackage(concat(known, packages(Set.of(MAIN))))
        .as("Every class lives in a room of the table in ARCHITECTURE section 1");
  }

  private static ArchRule seesOnly(String room, Set<String> allowed) {
    var refused =
        Stream.concat(ROOMS.keySet().stream(), Stream.of(MAIN))
            .filter(other -> !other.equals(room) && !allowed.contains(other))
            .collect(Collectors.toSet());
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(refused))
        .as(
            "Room %s may import %s"
                .formatted(room, allowed.isEmpty() ? "nothing" : String.join(", ", allowed)));
  }

  private static ArchRule noCycles() {
    return slices()
        .matching(ROOT + "(*)..")
        .should()
        .beFreeOfCycles()
        .as("Rooms do not depend on each other in a circle");
  }

  private static ArchRule pureCore() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.sql..",
                    "javax.sql..",
                    "org.slf4j..",
                    "io.vertx..",
                    "io.netty..")
                .or(type(java.time.Clock.class))
                .or(type(Thread.class))
                .or(describe("executors", ArchitectureRules::runsThreads)))
        .as("The core knows no file, socket, database, clock, thread, logger or Vert.x");
  }

  private static ArchRule clocklessCore() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .accessTargetWhere(
            calls("a read of the clock", CLOCK_READS, "java.time.", "java.lang.System"))
        .as("The core takes the time as a value and never reads it");
  }

  private static ArchRule futuresOnly() {
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "gateway..")
        .should()
        .dependOnClassesThat(
            describe(
                "parts of Vert.x other than Future and Promise",
                seen -> seen.getPackageName().startsWith("io.vertx") && !isFuture(seen)))
        .as("The gateway sees Future and Promise of Vert.x and nothing else of it");
  }

  private static ArchRule noWaiting() {
    return noClasses()
        .that()
        .resideInAnyPackage(WAY_OF_A_CALL)
        .should()
        .accessTargetWhere(
            calls("a wait", WAITS, "java.lang.Thread", "java.lang.Object", "java.util.concurrent.")
                .or(calls("a wait", Set.of("await"), "io.vertx.core.Future")))
        .as("Nothing on the way of a call waits: an event loop serves many calls");
  }

  private static ArchRule noJdbc() {
    return noClasses()
        .that()
        .resideInAnyPackage(WAY_OF_A_CALL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.duckdb..", "org.postgresql..")
        .as("Nothing on the way of a call speaks to a database");
  }

  /// Accesses to one of the named methods of a type whose full name starts with one of `owners`.
  private static DescribedPredicate<JavaAccess<?>> calls(
      String description, Set<String> names, String... owners) {
    return describe(
        description,
        access ->
            names.contains(access.getTarget().getName())
                && !access.getTargetOwner().getPackageName().equals("java.util.concurrent.atomic")
                && Arrays.stream(owners).anyMatch(access.getTargetOwner().getName()::startsWith));
  }

  private static boolean runsThreads(JavaClass seen) {
    return seen.getName().startsWith("java.util.concurrent.")
        && (seen.getSimpleName().contains("Execut") || seen.getSimpleName().contains("Thread"));
  }

  private static boolean isFuture(JavaClass seen) {
    return List.of("io.vertx.core.Future", "io.vertx.core.Promise").contains(seen.getName());
  }

  private static Map<String, Set<String>> rooms(String table) {
    return table
        .lines()
        .map(line -> line.split("\\s+", -1))
        .collect(
            Collectors.toUnmodifiableMap(
                words -> words[0], words -> Set.of(Arrays.copyOfRange(words, 1, words.length))));
  }

  private static String[] packages(Collection<String> rooms) {
    return rooms.stream().map(room -> ROOT + room + "..").toArray(String[]::new);
  }

  private static String[] concat(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
