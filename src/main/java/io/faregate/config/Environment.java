package io.faregate.config;

import io.faregate.config.catalogue.Catalogue;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a configuration file may refer to outside of itself.
///
/// @param variables the environment variables
/// @param root the folder of the file, under which everything it refers to must stand
/// @param catalogue what is publicly known of models
/// @param planning whether no call is made: then what the file needs of variables, secrets and
///   certificates may be missing, as where a pull request is checked
public record Environment(
    Map<String, String> variables, Path root, Catalogue catalogue, boolean planning) {
  public Environment {
    variables = Map.copyOf(variables);
    root = root.toAbsolutePath().normalize();
  }

  /// One in which calls can be made.
  public Environment(Map<String, String> variables, Path root, Catalogue catalogue) {
    this(variables, root, catalogue, false);
  }

  /// The same for planning.
  public Environment forPlanning() {
    return new Environment(variables, root, catalogue, true);
  }

  /// The environment of this process for that file, with the built-in catalogue.
  public static Environment of(Path file) {
    return new Environment(System.getenv(), folder(file), Catalogue.builtIn());
  }

  @Nullable String variable(String name) {
    return variables.get(name);
  }

  private static Path folder(Path file) {
    var folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }
}
