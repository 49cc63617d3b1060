package io.faregate.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Finds the names that somebody probably meant: by edit distance, in which a swap of neighbours
/// counts once, and with a shared beginning or end counting in favour.
public final class Nearest {
  private Nearest() {}

  /// At most `count` of the valid names, nearest first; names that share hardly anything with the
  /// given one are left out.
  public static List<String> names(String given, Collection<String> valid, int count) {
    return valid.stream()
        .filter(name -> near(given, name))
        .sorted(
            Comparator.<String>comparingInt(name -> distance(given, name))
                .thenComparing(name -> name))
        .limit(count)
        .toList();
  }

  /// Names of very different lengths are told apart without a look at their letters, for what is
  /// given may be of any length.
  private static boolean near(String given, String name) {
    int most = Math.max(2, Math.max(given.length(), name.length()) / 2);
    return Math.abs(given.length() - name.length()) <= most && distance(given, name) <= most;
  }

  /// Edits that turn one name into the other: insert, delete, replace, swap neighbours.
  static int distance(String from, String to) {
    var before = new int[to.length() + 1];
    var last = new int[to.length() + 1];
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        var same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      var spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[to.length()];
  }
}
