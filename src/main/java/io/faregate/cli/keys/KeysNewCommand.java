package io.faregate.cli.keys;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.policy.KeyText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate keys new`.
@Command(
    name = "new",
    description = {
      "Makes a key and shows it once, with the line that the configuration needs.",
      "The file gets a hash only; nobody can show the key again.",
      ""
    },
    footer = {"", "Example: faregate keys new web-free --workflow support --plan free --write"})
final class KeysNewCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final KeyFile file = new KeyFile();
  @Mixin private final KeyOptions options = new KeyOptions();

  @Parameters(paramLabel = "NAME", description = "The name that rows and limits will have.")
  private String name = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysNewCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var key = KeyText.made(outside.chance());
    var entry = options.entry(name, key.sha256());
    var change = check(entry, key);
    print(key, entry);
    if (change != null) {
      file.make(change, outside.terminal());
    }
    if (!json) {
      explain(change != null);
    }
    return ExitCode.FINE;
  }

  private void print(KeyText key, String entry) {
    var terminal = outside.terminal();
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("name", name);
      document.put("key", key.reveal());
      document.put("sha256", key.sha256());
      document.put("entry", entry);
      document.put("file", file.path().toString());
      // The key is printed before the file is written: the exit code says whether that was done.
      document.put("to_be_written", file.writes());
      terminal.json(document);
      return;
    }
    terminal.data(key.reveal());
    if (!file.writes()) {
      terminal.data("- " + entry);
    }
  }

  private void explain(boolean checked) {
    var terminal = outside.terminal();
    if (file.writes()) {
      terminal.note("%s has its hash; the key is not shown again".formatted(file.path()));
    } else {
      terminal.note(
          "put the second line under keys: in %s, or let --write do it; the key is not shown again"
              .formatted(file.path()));
      if (!checked) {
        terminal.note(
            "%s cannot be read or has errors, so the line was not checked against it"
                .formatted(file.path()));
      }
    }
  }

  /// Tries the entry in the file.
  ///
  /// @return null if the file is bad already, so that it says nothing about the entry
  private KeyFile.@Nullable Change check(String entry, KeyText key) {
    var sound = file.isSound(outside);
    var expected = KeyFile.hashes(sound ? file.keys(outside) : List.of());
    if (expected.putIfAbsent(name, List.of(key.sha256())) != null) {
      throw new CliException(
          ExitCode.USAGE,
          """
          %s has a key %s already; choose another name, or `faregate keys rotate %s` replaces it\
          """
              .formatted(file.path(), name, name));
    }
    if (!sound && !file.writes()) {
      return null;
    }
    return file.tried(edit -> edit.with(entry), expected, outside);
  }
}
