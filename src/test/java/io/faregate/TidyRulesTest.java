package io.faregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each tidy rule against code that breaks it, so that no rule passes because it sees nothing.
class TidyRulesTest {
  @Test
  void namesTheFirstLineThatIsNotFormatted() {
    var file = main("package io.faregate.call;\n\nclass Call {\n    int a;\n}\n");

    assertThat(TextRules.formatted(file))
        .extracting(Offence::toString)
        .containsExactly(
            "src/main/java/io/faregate/call/Call.java:4: google-java-format wants: int a;");
  }

  @Test
  void refusesLongLinesAndLongFiles() {
    var file = main("class Call {} // " + "a".repeat(100) + "\n".repeat(500));

    assertThat(TextRules.narrow(file)).singleElement().extracting(Offence::line).isEqualTo(1L);
    assertThat(TextRules.brief(main("class Call {}\n" + "\n".repeat(500)))).hasSize(1);
    assertThat(TextRules.brief(main("class Call {}\n" + "\n".repeat(499)))).isEmpty();
  }

  @Test
  void refusesCommentsThatAreHistoryOrUnfinishedOrDead() {
    assertThat(TextRules.soberComments(main("// TODO later\nclass Call {}"))).hasSize(1);
    assertThat(TextRules.soberComments(main("/// @author me\nclass Call {}"))).hasSize(1);
    assertThat(TextRules.soberComments(main("// ---------\nclass Call {}"))).hasSize(1);
    assertThat(TextRules.soberComments(main("class Call {\n  // int a = 5;\n  // run();\n}")))
        .hasSize(2);
    assertThat(TextRules.soberComments(main("// TODO #12 mend\nclass Call {}"))).isEmpty();
    assertThat(TextRules.soberComments(main("class Call { String a = \"// TODO\"; }"))).isEmpty();
  }

  @Test
  void measuresMethodsFromTheirNameToTheirClosingBrace() {
    assertThat(ShapeRules.briefMethods(method("void run() {" + "\n".repeat(69) + "}"))).isEmpty();
    assertThat(ShapeRules.briefMethods(method("void run() {" + "\n".repeat(70) + "}"))).hasSize(1);
  }

  @Test
  void countsParametersOfOurOwnMethodsOnly() {
    var five = "(int a, int b, int c, int d, int e)";

    assertThat(ShapeRules.fewParameters(method("void run" + five + " {}"))).hasSize(1);
    assertThat(ShapeRules.fewParameters(method("@Override public void run" + five + " {}")))
        .isEmpty();
    assertThat(ShapeRules.fewParameters(method("@ParameterizedTest void run" + five + " {}")))
        .isEmpty();
    assertThat(ShapeRules.fewParameters(method("Call" + five + " {}"))).isEmpty();
    assertThat(ShapeRules.fewParameters(main("record Call" + five + " {}"))).isEmpty();
  }

  @Test
  void countsNestingButNotElseIf() {
    var chain = "if (a) {} else if (a) {} else if (a) {} else if (a) {} else { run(); }";
    var three = "void run() { for (;;) { try { if (a) { %s } } finally { } } }";

    assertThat(ShapeRules.shallow(method("void run() { " + chain + " }"))).isEmpty();
    assertThat(ShapeRules.shallow(method(three.formatted("run();")))).isEmpty();
    assertThat(ShapeRules.shallow(method(three.formatted("while (a) run();")))).hasSize(1);
    assertThat(ShapeRules.shallow(method(three.formatted("b = switch (a) { default -> 1; };"))))
        .hasSize(1);
  }

  @Test
  void refusesFillerAndForeignWords() {
    assertThat(
            Stream.of(
                    "CallManager",
                    "CallImpl",
                    "BaseCall",
                    "AbstractCall",
                    "CallInfo",
                    "HttpUtils",
                    "KeyQuota",
                    "DataStore")
                .filter(name ->
                    NameRules.speakingNames(main("class %s {}".formatted(name))).count() != 1))
        .isEmpty();
    assertThat(
            Stream.of("processCall", "process", "doWork", "loadData", "upstreamOf")
                .filter(name ->
                    NameRules.speakingNames(method("void %s() {}".formatted(name))).count() != 1))
        .isEmpty();
    assertThat(NameRules.speakingNames(main("interface ILedger {}"))).hasSize(1);
  }

  @Test
  void letsOrdinaryWordsThatContainFillerBe() {
    assertThat(
            Stream.of("Database", "Informed", "Base64Text", "DataPort", "Item", "Baseline")
                .filter(name ->
                    NameRules.speakingNames(main("class %s {}".formatted(name))).count() != 0))
        .isEmpty();
    assertThat(NameRules.speakingNames(main("interface Idle { void doubled(); void done(); }")))
        .isEmpty();
  }

  @Test
  void findsReadsOfTheClock() {
    assertThat(UseRules.clockOnlyInMain(method("Object a = java.time.Instant.now();"))).hasSize(1);
    assertThat(UseRules.clockOnlyInMain(method("Supplier<Instant> a = Instant::now;"))).hasSize(1);
    assertThat(UseRules.clockOnlyInMain(method("long a = System.currentTimeMillis();"))).hasSize(1);
    assertThat(UseRules.clockOnlyInMain(method("long a = System.nanoTime();"))).isEmpty();
    assertThat(
            UseRules.clockOnlyInMain(
                SourceTree.snippet(
                    "src/main/java/io/faregate/main/Wiring.java",
                    "package io.faregate.main; class Wiring { Object a = Instant.now(); }")))
        .isEmpty();
  }

  @Test
  void findsSleepsAndMocksInTests() {
    var test =
        SourceTree.snippet(
            "src/test/java/io/faregate/call/CallTest.java",
            """
            package io.faregate.call;
            import org.mockito.Mockito;
            class CallTest {
              void a() { Thread.sleep(1); TimeUnit.SECONDS.sleep(1); MILLISECONDS.sleep(1); }
            }
            """);

    assertThat(UseRules.noSleep(test)).hasSize(3);
    assertThat(UseRules.noMocks(test)).hasSize(1);
  }

  @Test
  void findsPastedSql() {
    assertThat(UseRules.noPastedSql(method("String a = \"SELECT a FROM \" + table;"))).hasSize(1);
    assertThat(UseRules.noPastedSql(method("String a = \"DELETE FROM %s\".formatted(table);")))
        .hasSize(1);
    assertThat(UseRules.noPastedSql(method("String a = String.format(\"SELECT %s\", b);")))
        .hasSize(1);
    assertThat(
            UseRules.noPastedSql(method("String a = \"SELECT a\"; String b = a + \" LIMIT\" + 1;")))
        .hasSize(1);
    assertThat(UseRules.noPastedSql(method("String a = \"SELECT a\" + \" FROM b\";"))).isEmpty();
    assertThat(UseRules.noPastedSql(method("String a = \"not selected from \" + table;")))
        .isEmpty();
    assertThat(
            UseRules.noPastedSql(
                method("@SuppressWarnings(\"PastedSql\") String a = \"SELECT \" + b.column();")))
        .isEmpty();
  }

  @Test
  void countsTheTypesOfAPackage() {
    var types = IntStream.rangeClosed(1, 21).mapToObj("class C%d {}"::formatted).toList();

    assertThat(PackageRules.smallPackages(List.of(main(String.join("\n", types))))).hasSize(1);
    assertThat(PackageRules.smallPackages(List.of(main(String.join("\n", types.subList(0, 20))))))
        .isEmpty();
  }

  @Test
  void wantsOneMarkedSentenceForEachPackage() {
    assertThat(
            PackageRules.describedPackages(
                List.of(main("package io.faregate.call; class Call {}"))))
        .hasSize(1);
    assertThat(described("/// What is asked.\n@NullMarked\n")).isEmpty();
    assertThat(described("/// What is asked.\n")).hasSize(1);
    assertThat(described("/// What is asked. And more.\n@NullMarked\n")).hasSize(1);
    assertThat(described("@NullMarked\n")).hasSize(1);
  }

  @Test
  void findsResourcesThatNobodyNames() {
    var main =
        Map.of(
            Path.of("src/main/resources/used.json"), "",
            Path.of("src/main/resources/dead.json"), "dead.json",
            Path.of("src/main/resources/logback.xml"), "",
            Path.of("src/main/java/A.java"), "open(\"used.json\")");

    assertThat(PackageRules.usedResources(main))
        .extracting(Offence::file)
        .containsExactly(Path.of("src/main/resources/dead.json"));
  }

  private static List<String> described(String head) {
    var text = head + "package io.faregate.call;\n";
    return PackageRules.describedPackages(
            List.of(SourceTree.snippet("src/main/java/io/faregate/call/package-info.java", text)))
        .map(Offence::message)
        .toList();
  }

  private static SourceFile method(String member) {
    return main("class Call { %s }".formatted(member));
  }

  private static SourceFile main(String text) {
    return SourceTree.snippet("src/main/java/io/faregate/call/Call.java", text);
  }
}
