package io.faregate.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that somebody most likely meant.
public final class Nearest {
  private static final int LISTED = 12;

  private Nearest() {}

  /// The valid name with the fewest edits (insert, drop, replace a character or swap two
  /// neighbours) from the given one; empty if all of them are far away. Between equals the first in
  /// alphabetical order is taken.
  public static Optional<String> to(String name, Collection<String> valid) {
    var most = Math.max(1, name.length() / 3);
    return valid.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= most)
        .sorted()
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .filter(candidate -> edits(name, candidate) <= most);
  }

  /// What to write instead: the nearest name or, if none is near, the valid ones.
  public static String fix(String name, Collection<String> valid) {
    var nearest = to(name, valid);
    if (nearest.isPresent()) {
      return "nearest: \"" + nearest.get() + "\"";
    }
    if (valid.isEmpty()) {
      return "none is defined";
    }
    var listed = String.join(", ", valid.stream().limit(LISTED).toList());
    return "valid: " + listed + (valid.size() > LISTED ? ", ..." : "");
  }

  /// The optimal string alignment distance, letter case ignored.
  static int edits(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        var replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (swapped(a.substring(0, i), b.substring(0, j))) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }

  /// Whether the last two characters of one are those of the other, the other way round.
  private static boolean swapped(String a, String b) {
    var i = a.length();
    var j = b.length();
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
