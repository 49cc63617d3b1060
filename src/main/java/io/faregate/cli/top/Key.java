package io.faregate.cli.top;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a key does in the live view.
enum Key {
  QUIT("q", "quit", "ends this; so does Ctrl-C", "qQ\u0003"),
  HELP("?", "help", "shows or hides the keys", "?h"),
  PAUSE("space", "pause", "holds the picture still, or lets it go on", " "),
  REFRESH("r", "refresh", "asks the server at once; so does Ctrl-R", "r\u0012");

  private final String label;
  private final String word;
  private final String effect;
  private final String characters;

  Key(String label, String word, String effect, String characters) {
    this.label = label;
    this.word = word;
    this.effect = effect;
    this.characters = characters;
  }

  /// The key of a character; empty for one that does nothing.
  static Optional<Key> of(int code) {
    return Stream.of(values())
        .filter(key -> code >= 0 && key.characters.indexOf(code) >= 0)
        .findFirst();
  }

  /// What each key does.
  static List<String> all() {
    return Stream.of(values()).map(key -> "%-7s%s".formatted(key.label, key.effect)).toList();
  }

  /// All keys on one line.
  static String line() {
    return Stream.of(values())
        .map(key -> key.label + " " + key.word)
        .collect(Collectors.joining("   "));
  }
}
