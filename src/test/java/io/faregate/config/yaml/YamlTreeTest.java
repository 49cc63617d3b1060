package io.faregate.config.yaml;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Hostile text gets a clear problem, soon.
class YamlTreeTest {
  @Test
  void refusesALaughThatGrowsTenfoldWithEachLine() {
    var text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 10; i++) {
      var before = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ",").repeat(10)));
    }

    assertThat(problems(text.toString()))
        .containsExactly("f.yaml: more than 50 aliases; write the values out");
  }

  @Test
  void refusesALaughWithinTheBoundOfAliases() {
    var text = new StringBuilder("a0: &a0 [" + "x,".repeat(1000) + "]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(5)));
    }

    assertThat(problems(text.toString()))
        .containsExactly("f.yaml: its aliases stand for more than 600000 values; write them out");
  }

  @Test
  void refusesAnAliasOfWhatHoldsIt() {
    assertThat(problems("a: &a [*a]\n"))
        .singleElement()
        .asString()
        .contains("an alias stands for something that holds the alias");
  }

  @Test
  void refusesToBuildObjects() {
    assertThat(problems("a: !!javax.script.ScriptEngineManager [x]\n"))
        .singleElement()
        .asString()
        .contains("f.yaml:1:4: the tag ", "is not read; remove it");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(problems("a: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .startsWith("f.yaml:1:35: nested deeper than 32 levels; ");
    assertThat(problems("a: " + "{a: ".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 32 levels");
  }

  @Test
  void refusesDeepNestingThatIsPutTogetherOfAliases() {
    var text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
    }

    assertThat(problems(text.toString()))
        .containsExactly(
            "f.yaml:32:12: nested deeper than 32 levels; nothing in this file needs that; look for"
                + " a bracket that is never closed");
  }

  @Test
  void refusesTwoMegabytes() {
    assertThat(problems("a: " + "x".repeat(2 << 20)))
        .singleElement()
        .asString()
        .contains("the file has more than 1048576 characters");
  }

  @Test
  void endsTheListOfProblems() {
    var twice = IntStream.range(0, 5_000).mapToObj(i -> "a: " + i).collect(joining("\n"));

    assertThat(problems(twice)).hasSize(201).anyMatch(line -> line.contains("more than 200"));
  }

  @Test
  void refusesWhatIsNoMapping() {
    assertThat(problems("")).singleElement().asString().contains("the file is empty");
    assertThat(problems("- a\n")).singleElement().asString().contains("must hold keys and values");
    assertThat(problems("? [a]\n: b\n"))
        .singleElement()
        .asString()
        .contains("a key must be a word");
    assertThat(problems("a: 1\n---\nb: 2\n")).singleElement().asString().contains("one policy");
    assertThat(problems("a: *nobody\n")).singleElement().asString().contains("quote text");
    assertThat(problems("a: \u0000\n")).hasSize(1);
  }

  private static List<String> problems(String text) {
    var problems = new Problems("f.yaml");
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> YamlTree.read(text, problems));
    return problems.all().stream().map(Problem::toString).toList();
  }
}
