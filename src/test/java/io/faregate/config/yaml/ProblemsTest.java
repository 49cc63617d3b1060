package io.faregate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.yaml.Problem.Severity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// There is an end of problems, and none hides one of another kind.
class ProblemsTest {
  private final Problems problems = new Problems("f.yaml");

  @Test
  void manyWarningsMakeNoError() {
    warn(1_000);

    assertThat(problems.anyError()).isFalse();
    assertThat(problems.all())
        .hasSize(201)
        .allMatch(problem -> problem.severity() == Severity.WARNING)
        .first()
        .hasToString("f.yaml: warning: more than 200 warnings; mend these first, then look again");
  }

  @Test
  void anErrorIsToldAfterManyWarnings() {
    warn(1_000);
    problems.error("it is not right", "mend it");

    assertThat(problems.anyError()).isTrue();
    assertThat(problems.all())
        .filteredOn(problem -> problem.severity() == Severity.ERROR)
        .singleElement()
        .hasToString("f.yaml: it is not right; mend it");
  }

  private void warn(int times) {
    IntStream.rangeClosed(1, times)
        .mapToObj(line -> new Problem("f.yaml", line, 1, Severity.WARNING, "it is odd", null))
        .forEach(problems::add);
  }
}
