package io.faregate;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How every Java file of the project looks. A failure lists each offence as `file:line: message`.
class TidyTest {
  private static final List<SourceFile> FILES = SourceTree.read();

  @Test
  void everyFileIsFormatted() {
    assertClean(TextRules::formatted);
  }

  @Test
  void linesFilesAndMethodsAreShort() {
    assertClean(TextRules::narrow);
    assertClean(TextRules::brief);
    assertClean(ShapeRules::briefMethods);
  }

  @Test
  void methodsTakeFewParametersAndStayShallow() {
    assertClean(ShapeRules::fewParameters);
    assertClean(ShapeRules::shallow);
  }

  @Test
  void namesSayWhatAThingIs() {
    assertClean(NameRules::speakingNames);
  }

  @Test
  void commentsHoldNoHistoryAndNoUnfinishedWork() {
    assertClean(TextRules::soberComments);
  }

  @Test
  void onlyMainReadsTheClock() {
    assertClean(UseRules::clockOnlyInMain);
  }

  @Test
  void testsNeitherSleepNorMock() {
    assertClean(UseRules::noSleep);
    assertClean(UseRules::noMocks);
  }

  @Test
  void sqlIsWrittenInOnePiece() {
    assertClean(UseRules::noPastedSql);
  }

  @Test
  void packagesAreSmallAndDescribed() {
    assertThat(PackageRules.smallPackages(FILES)).isEmpty();
    assertThat(PackageRules.describedPackages(FILES)).isEmpty();
  }

  @Test
  void everyResourceIsUsed() {
    var main =
        SourceTree.files(Path.of("src/main")).stream()
            .collect(toMap(path -> path, SourceTree::textOf, (a, b) -> a, TreeMap::new));

    assertThat(PackageRules.usedResources(main)).isEmpty();
  }

  private static void assertClean(Function<SourceFile, Stream<Offence>> rule) {
    assertThat(FILES.parallelStream().flatMap(rule).map(Offence::toString).toList()).isEmpty();
  }
}
