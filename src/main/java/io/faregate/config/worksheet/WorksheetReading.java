package io.faregate.config.worksheet;

import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.worksheet.plan.Worksheet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of reading a worksheet.
///
/// @param worksheet null exactly if a problem is an error
/// @param problems all of them, in the order of the file
public record WorksheetReading(@Nullable Worksheet worksheet, List<Problem> problems) {
  public WorksheetReading {
    problems = List.copyOf(problems);
    var anyError = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    if (anyError == (worksheet != null)) {
      throw new IllegalArgumentException("a worksheet is there exactly if no error is");
    }
  }
}
