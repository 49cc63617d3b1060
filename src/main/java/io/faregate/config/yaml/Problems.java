package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// The problems found so far while a file is read. For one thread.
public final class Problems {
  /// Nobody reads more, and a hostile file could make millions.
  private static final int MOST = 200;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private boolean errors;

  /// @param file the name that problems without a place of their own get
  public Problems(String file) {
    this.file = file;
  }

  /// The file that is read.
  public String file() {
    return file;
  }

  /// Whether the file cannot be used.
  public boolean anyError() {
    return errors;
  }

  /// Adds a problem.
  public void add(Problem problem) {
    errors |= problem.severity() == Severity.ERROR;
    if (found.contains(problem)) {
      return;
    }
    if (found.size() < MOST) {
      found.add(problem);
    } else if (found.size() == MOST) {
      found.add(
          Problem.ofFile(
              file, "more than " + MOST + " problems", "mend these first, then look again"));
    }
  }

  /// Adds an error of the file as a whole.
  public void error(String message, String fix) {
    add(Problem.ofFile(file, message, fix));
  }

  /// All problems, in the order of their places.
  public List<Problem> all() {
    return found.stream().sorted(BY_PLACE).toList();
  }

  void add(Optional<Mark> mark, Severity severity, String message, @Nullable String fix) {
    var name = mark.map(Mark::getName).orElse(file);
    var line = mark.map(Mark::getLine).orElse(-1) + 1;
    var column = mark.map(Mark::getColumn).orElse(-1) + 1;
    add(new Problem(name, line, line == 0 ? 0 : column, severity, message, fix));
  }
}
