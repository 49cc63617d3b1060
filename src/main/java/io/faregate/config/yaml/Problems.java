package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// The problems found so far while a file is read. For one thread.
public final class Problems {
  /// Of each severity. Nobody reads more, and a hostile file could make millions.
  private static final int MOST = 200;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column);

  private final String file;
  private final Map<Severity, List<Problem>> found = new EnumMap<>(Severity.class);

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
    return found.containsKey(Severity.ERROR);
  }

  /// Adds a problem.
  public void add(Problem problem) {
    var severity = problem.severity();
    var alike = found.computeIfAbsent(severity, _ -> new ArrayList<>());
    if (alike.contains(problem)) {
      return;
    }
    if (alike.size() < MOST) {
      alike.add(problem);
    } else if (alike.size() == MOST) {
      var message = "more than %d %ss".formatted(MOST, severity.name().toLowerCase(Locale.ROOT));
      alike.add(new Problem(file, 0, 0, severity, message, "mend these first, then look again"));
    }
  }

  /// Adds an error of the file as a whole.
  public void error(String message, String fix) {
    add(Problem.ofFile(file, message, fix));
  }

  /// All problems, in the order of their places.
  public List<Problem> all() {
    return found.values().stream().flatMap(List::stream).sorted(BY_PLACE).toList();
  }

  void add(Optional<Mark> mark, Severity severity, String message, @Nullable String fix) {
    var name = mark.map(Mark::getName).orElse(file);
    var line = mark.map(Mark::getLine).orElse(-1) + 1;
    var column = mark.map(Mark::getColumn).orElse(-1) + 1;
    add(new Problem(name, line, line == 0 ? 0 : column, severity, message, fix));
  }
}
