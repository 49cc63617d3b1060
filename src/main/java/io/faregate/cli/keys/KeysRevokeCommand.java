package io.faregate.cli.keys;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.policy.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `faregate keys revoke`.
@Command(
    name = "revoke",
    description = {
      "Takes a key out of the configuration, or tells what to take out.",
      "A running server refuses it a few seconds after the file has changed.",
      ""
    },
    footer = {"", "Example: faregate keys revoke support-backend --old --write"})
final class KeysRevokeCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final KeyFile file = new KeyFile();

  @Parameters(paramLabel = "NAME", description = "The key to revoke.")
  private String name = "";

  @Option(names = "--old", description = "Only the older of its two hashes: ends a rotation.")
  private boolean old;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysRevokeCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var key = file.key(name, outside);
    var expected = KeyFile.hashes(file.keys(outside));
    if (old) {
      requireTwo(key);
      expected.put(name, List.of(key.sha256().getLast()));
      file.make(file.tried(edit -> edit.withoutOlderHash(name), expected, outside));
    } else {
      expected.remove(name);
      file.make(file.tried(edit -> edit.without(name), expected, outside));
    }
    print(key, expected.isEmpty());
    return ExitCode.FINE;
  }

  private void requireTwo(Key key) {
    if (key.sha256().size() < 2) {
      throw new CliException(
          ExitCode.USAGE,
          """
          %s has one hash only and is not being rotated; without --old the whole key is revoked\
          """
              .formatted(name));
    }
  }

  private void print(Key key, boolean last) {
    var terminal = outside.terminal();
    var hash = key.sha256().getFirst().substring(0, 8);
    if (json) {
      var document = new LinkedHashMap<String, @Nullable Object>();
      document.put("name", name);
      document.put("only_older_hash", old);
      document.put("file", file.path().toString());
      document.put("written", file.writes());
      terminal.json(document);
    } else if (file.writes()) {
      terminal.data(
          old
              ? "took the hash %s... of %s out of %s".formatted(hash, name, file.path())
              : "took %s out of %s".formatted(name, file.path()));
    } else {
      terminal.data(
          old
              ? "take %s... out of the sha256 of %s in %s".formatted(hash, name, file.path())
              : "take the entry of %s, sha256 %s..., out of keys in %s"
                  .formatted(name, hash, file.path()));
      terminal.note("nothing was changed; --write does it");
    }
    if (last) {
      terminal.note(
          """
          that is the last key: a server that others can reach lets nobody in until there is a new \
          one; the next start is on loopback only, where everyone may call, or refused if \
          server.host is another\
          """);
    }
  }
}
