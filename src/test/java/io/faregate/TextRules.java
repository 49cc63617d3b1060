package io.faregate;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The rules of STYLE that look at a file as lines: format, length, and words that comments lack.
final class TextRules {
  private static final int MAX_COLUMNS = 100;
  private static final int MAX_LINES = 500;

  /// A comment up to the end of its line; a `//` inside a string or a URL does not start one.
  private static final Pattern COMMENT = Pattern.compile("(?<![:\"'/])(//.*|/\\*.*|^\\s*\\*.*)");

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  private static final Pattern ISSUE = Pattern.compile("(#\\d+|issues/\\d+)");
  private static final Pattern AUTHOR = Pattern.compile("@(author|since|version)\\b");
  private static final Pattern BANNER = Pattern.compile("//\\s*[-=*#/~_]{4,}");
  private static final Pattern CODE_LINE =
      Pattern.compile(
          "^\\s*//\\s*(return\\b.*;|(var|final|import|private|public|int|long)\\s.*[;{]"
              + "|[\\w.]+\\(.*\\);)\\s*$");

  private TextRules() {}

  /// A file is what google-java-format makes of it.
  static Stream<Offence> formatted(SourceFile file) {
    try {
      var wanted = new Formatter().formatSourceAndFixImports(file.text()).lines().toList();
      var lines = file.lines();
      return IntStream.rangeClosed(0, Math.max(wanted.size(), lines.size()))
          .filter(i -> !lineOf(wanted, i).equals(lineOf(lines, i)))
          .limit(1)
          .mapToObj(i ->
              new Offence(
                  file.path(), i + 1L, "google-java-format wants: " + lineOf(wanted, i).strip()));
    } catch (FormatterException e) {
      return Stream.of(new Offence(file.path(), 1, "google-java-format fails: " + e.getMessage()));
    }
  }

  /// No line is longer than 100 columns, an import or a long address in a comment excepted.
  static Stream<Offence> narrow(SourceFile file) {
    var lines = file.lines();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).codePointCount(0, lines.get(i).length()) > MAX_COLUMNS)
        .filter(i -> !lines.get(i).startsWith("import ") && !lines.get(i).contains("://"))
        .mapToObj(
            i -> new Offence(file.path(), i + 1L, "longer than %d columns".formatted(MAX_COLUMNS)));
  }

  /// No file is longer than 500 lines.
  static Stream<Offence> brief(SourceFile file) {
    int lines = file.lines().size();
    return lines <= MAX_LINES
        ? Stream.of()
        : Stream.of(
            new Offence(
                file.path(),
                1,
                "%d lines, more than %d: two things live here".formatted(lines, MAX_LINES)));
  }

  /// Comments hold no unfinished work without an issue, no author, no banner and no dead code.
  static Stream<Offence> soberComments(SourceFile file) {
    var lines = file.lines();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(
            i -> commentFaults(lines.get(i)).map(fault -> new Offence(file.path(), i + 1L, fault)));
  }

  private static Stream<String> commentFaults(String line) {
    var found = COMMENT.matcher(line);
    if (!found.find()) {
      return Stream.of();
    }
    var comment = found.group();
    return Stream.of(
            UNFINISHED.matcher(comment).find() && !ISSUE.matcher(comment).find()
                ? "unfinished work without an issue (#123)"
                : "",
            AUTHOR.matcher(comment).find() ? "history belongs to git" : "",
            BANNER.matcher(comment).find() ? "a banner: the code needs none, or a second file" : "",
            CODE_LINE.matcher(line).matches() ? "dead code in a comment" : "")
        .filter(fault -> !fault.isEmpty());
  }

  private static String lineOf(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }
}
