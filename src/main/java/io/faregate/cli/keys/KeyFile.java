package io.faregate.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.cli.ConfigFile;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.ConfigReader;
import io.faregate.config.Reading;
import io.faregate.config.edit.KeyEdit;
import io.faregate.config.edit.WholeFile;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.policy.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The configuration whose keys a command changes, or says how to change.
final class KeyFile {
  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(
      names = "--write",
      description = "Change the configuration itself; comments stay, a bad result is dropped.")
  private boolean write;

  Path path() {
    return config.path();
  }

  boolean writes() {
    return write;
  }

  /// The keys of a file without errors.
  List<Key> keys(Outside outside) {
    return config.planned(outside).policy().keys();
  }

  /// The key of that name.
  ///
  /// @throws CliException if there is none
  Key key(String name, Outside outside) {
    var keys = keys(outside);
    return keys.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                keys.isEmpty()
                    ? "%s has no keys; `faregate keys new` makes one".formatted(path())
                    : "%s has no key %s; it has %s"
                        .formatted(
                            path(),
                            name,
                            keys.stream().map(Key::name).collect(Collectors.joining(", ")))));
  }

  /// Whether the file can be read and has no errors as it stands.
  boolean isSound(Outside outside) {
    var environment = config.environment(outside).forPlanning();
    return ConfigReader.read(path(), environment).configuration() != null;
  }

  /// The text of the file, and what it is to be instead.
  record Change(String before, String after) {}

  /// Tries a change, which leaves the file as it is.
  ///
  /// @param change of the text; empty where it leaves no place for it
  /// @param expected the hashes of every key afterwards
  /// @throws CliException if the result would not be what is expected
  Change tried(
      Function<KeyEdit, Optional<String>> change,
      Map<String, List<String>> expected,
      Outside outside) {
    var before = text();
    var after =
        KeyEdit.of(before)
            .flatMap(change)
            .orElseThrow(() -> leftAlone("its keys are written in a way that leaves no place"));
    var environment = config.environment(outside).forPlanning();
    var reading = ConfigReader.read(path().toString(), after, environment);
    if (reading.configuration() == null) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          errors(reading) + "\n%s would be bad and was left alone".formatted(path()));
    }
    if (!hashes(reading.configuration().policy().keys()).equals(expected)) {
      throw leftAlone("the change would have touched other keys, perhaps because of an anchor");
    }
    return new Change(before, after);
  }

  /// Makes a change if that was asked for.
  void make(Change change) {
    if (write) {
      replace(change.before(), change.after());
    }
  }

  /// Makes a change whose key has been printed. A hash of a key that nobody has seen is of no use.
  ///
  /// @throws CliException if the key has not arrived; the file stays as it was
  void make(Change change, Terminal printed) {
    if (write && printed.out().checkError()) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "the key could not be printed, so %s was left alone; run this again".formatted(path()));
    }
    make(change);
  }

  private CliException leftAlone(String why) {
    return new CliException(
        ExitCode.BAD_CONFIGURATION,
        "%s was left alone: %s; change it by hand".formatted(path(), why));
  }

  /// The hashes of each key, by its name.
  static Map<String, List<String>> hashes(List<Key> keys) {
    var hashes = new LinkedHashMap<String, List<String>>();
    keys.forEach(key -> hashes.put(key.name(), key.sha256()));
    return hashes;
  }

  private static String errors(Reading reading) {
    return reading.problems().stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .map(Problem::toString)
        .collect(Collectors.joining("\n"));
  }

  private String text() {
    try {
      return Files.readString(path(), UTF_8);
    } catch (IOException unreadable) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          "cannot read %s; `faregate init` writes one to start from".formatted(path()),
          unreadable);
    }
  }

  private void replace(String before, String after) {
    try {
      if (!WholeFile.replace(path(), before, after)) {
        throw new CliException(
            ExitCode.FINDING,
            "%s was changed by somebody else just now; run this again".formatted(path()));
      }
    } catch (IOException unwritable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot write %s, which is as it was; may you write in its folder?".formatted(path()),
          unwritable);
    }
  }
}
