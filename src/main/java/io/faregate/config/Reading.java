package io.faregate.config;

import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What came of reading a file.
///
/// @param configuration null exactly if a problem is an error
/// @param problems all of them, in the order of the file
/// @param files every file whose change would change the reading, besides the one that was read
public record Reading(
    @Nullable Configuration configuration, List<Problem> problems, Set<Path> files) {
  public Reading {
    problems = List.copyOf(problems);
    files = Set.copyOf(files);
    var anyError = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    if (anyError == (configuration != null)) {
      throw new IllegalArgumentException("a configuration is there exactly if no error is");
    }
  }
}
