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

/// `faregate keys rotate`.
@Command(
    name = "rotate",
    description = {
      "Makes another key for the same holder; the old one works until it is revoked.",
      ""
    },
    footer = {"", "Example: faregate keys rotate support-backend --write"})
final class KeysRotateCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final KeyFile file = new KeyFile();

  @Parameters(paramLabel = "NAME", description = "The key to replace.")
  private String name = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysRotateCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var old = file.key(name, outside);
    if (old.sha256().size() > 1) {
      throw new CliException(
          ExitCode.USAGE,
          """
          %s is being rotated already and has two hashes; end that first with \
          `faregate keys revoke %s --old`\
          """
              .formatted(name, name));
    }
    var key = KeyText.made(outside.chance());
    var expected = KeyFile.hashes(file.keys(outside));
    expected.put(name, List.of(old.sha256().getFirst(), key.sha256()));
    var change = file.tried(edit -> edit.withHash(name, key.sha256()), expected, outside);
    print(key);
    file.make(change, outside.terminal());
    if (!json) {
      explain();
    }
    return ExitCode.FINE;
  }

  private void print(KeyText key) {
    var terminal = outside.terminal();
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("name", name);
      document.put("key", key.reveal());
      document.put("sha256", key.sha256());
      document.put("file", file.path().toString());
      // The key is printed before the file is written: the exit code says whether that was done.
      document.put("to_be_written", file.writes());
      terminal.json(document);
      return;
    }
    terminal.data(key.reveal());
    if (!file.writes()) {
      terminal.data(key.sha256());
    }
  }

  private void explain() {
    var terminal = outside.terminal();
    if (file.writes()) {
      terminal.note("%s has its hash; the key is not shown again".formatted(file.path()));
    } else {
      terminal.note(
          """
          add the second line to the hash of %s in %s, as sha256: [OLD, NEW], or let --write do \
          it; the key is not shown again\
          """
              .formatted(name, file.path()));
    }
    terminal.note(
        "when the old key is no longer in use: faregate keys revoke %s --old".formatted(name));
  }
}
