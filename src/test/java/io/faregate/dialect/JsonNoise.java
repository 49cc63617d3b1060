package io.faregate.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// JSON by chance, written as clients write it: members in any order, white space anywhere, escapes
/// and characters of every width.
public abstract class JsonNoise {
  private static final String[] TEXTS = {
    "",
    "hello",
    "Grüße an 東京 👋🏽",
    "\\u00e9\\n\\t\\\"quoted\\\" \\\\ \\/ \\ud83d\\ude00",
    "<documents>a [ { , \\\"model\\\":\\\"x\\\"</documents> b",
    "}]},{\\\"role\\\":\\\"user\\\""
  };

  protected final Random chance;

  /// @param chance decides everything
  protected JsonNoise(Random chance) {
    this.chance = chance;
  }

  /// An object of these members in any order.
  protected final String object(List<String> members) {
    var shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, chance);
    return "{" + String.join(",", shuffled) + space() + "}";
  }

  /// A whole document.
  protected final String document(List<String> members) {
    return space() + object(members) + space();
  }

  /// An array.
  protected final String list(List<String> elements) {
    return elements.stream()
        .map(element -> space() + element + space())
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Adds a member in one of three cases.
  protected final void some(List<String> members, String name, String value) {
    if (chance.nextInt(3) == 0) {
      members.add(member(name, value));
    }
  }

  /// A member.
  protected final String member(String name, String value) {
    return space() + text(name) + space() + ":" + space() + value;
  }

  /// A text of any kind.
  protected final String anyText() {
    return text(pick(TEXTS));
  }

  /// That text.
  protected static String text(String content) {
    return "\"" + content + "\"";
  }

  /// One of them.
  protected final String pick(String... from) {
    return from[chance.nextInt(from.length)];
  }

  /// White space, mostly none.
  protected final String space() {
    return chance.nextInt(4) == 0 ? pick(" ", "\n  ", "\t", "\r\n") : "";
  }
}
