package io.faregate.cli.value;

import io.faregate.call.ModelId;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.policy.Nearest;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/// A model as people type it: with its vendor, or without where only one vendor has it.
public final class ModelName {
  private static final int NEAREST = 3;

  private ModelName() {}

  /// The known model of that name.
  ///
  /// @throws CliException if there is none, or several
  public static ModelId of(String text, Set<ModelId> models) {
    var found =
        models.stream()
            .filter(id -> id.toString().equals(text) || id.name().equals(text))
            .sorted(Comparator.comparing(ModelId::toString))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.size() > 1) {
      throw new CliException(
          ExitCode.USAGE,
          "several vendors have a %s; say which: %s"
              .formatted(text, String.join(", ", found.stream().map(ModelId::toString).toList())));
    }
    var names =
        models.stream()
            .flatMap(id -> text.contains("/") ? Stream.of(id.toString()) : Stream.of(id.name()))
            .distinct()
            .toList();
    var nearest = Nearest.names(text, names, NEAREST);
    throw new CliException(
        ExitCode.USAGE,
        "no model %s is known; %s"
            .formatted(
                text,
                nearest.isEmpty()
                    ? "`faregate prices list` shows all"
                    : "nearest: " + String.join(", ", nearest)));
  }
}
