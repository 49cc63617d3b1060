package io.faregate.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Where a command writes: data to `out`, words about it to `err`.
///
/// @param ansi whether colours may be used
/// @param columns of the screen; 0 when there is none, and lines may be of any length
/// @param person the one at the keyboard, asked for a line; null when there is nobody
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean ansi,
    int columns,
    @Nullable Supplier<@Nullable String> person) {
  /// What could move the cursor, hide text or turn its direction.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}]+");

  private static final Set<String> YES = Set.of("y", "yes");

  private static final Map<String, String> COLOURS =
      Map.of("bold", "1", "dim", "2", "red", "31", "green", "32", "yellow", "33");

  /// With nobody to ask.
  public Terminal(PrintWriter out, PrintWriter err, boolean ansi, int columns) {
    this(out, err, ansi, columns, null);
  }

  /// The streams of this process. There are colours on a screen only, and none with `NO_COLOR`.
  @SuppressWarnings("SystemConsoleNull") // JDK 25's own console is null when there is no terminal
  public static Terminal ofProcess(Map<String, String> variables) {
    var console = System.console();
    boolean screen = console != null && console.isTerminal();
    boolean colours =
        screen
            && variables.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(variables.get("TERM"));
    var columns = screen ? new UsageMessageSpec().autoWidth(true).width() : 0;
    return new Terminal(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        colours,
        columns,
        console != null && screen ? console::readLine : null);
  }

  /// Prints a line of data.
  public void data(String line) {
    out.println(line);
  }

  /// Prints a document of nested maps and lists as indented JSON.
  public void json(Object document) {
    Json.write(document, out);
    out.println();
  }

  /// Prints a line about the data.
  public void note(String line) {
    err.println(line);
  }

  /// Whether data was lost on its way to somebody who waits for it.
  public boolean isCutOff() {
    return out instanceof Outlet outlet ? outlet.isCutOff() : out.checkError();
  }

  /// Whether somebody can be asked.
  public boolean asks() {
    return person != null;
  }

  /// Whether the person says yes to the question, in so many words.
  public boolean agrees(String question) {
    if (person == null) {
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    var answer = person.get();
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  /// A heading.
  public String bold(String text) {
    return painted(text, "bold");
  }

  /// Something less important.
  public String dim(String text) {
    return painted(text, "dim");
  }

  /// Something wrong.
  public String red(String text) {
    return painted(text, "red");
  }

  /// Something that applies.
  public String green(String text) {
    return painted(text, "green");
  }

  /// Something doubtful.
  public String yellow(String text) {
    return painted(text, "yellow");
  }

  /// Text of a stranger, on one line and without what a screen would obey.
  public static String plain(String text) {
    return isAscii(text) ? text : UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  /// Whether there are only letters and signs of ASCII, as nearly always.
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private String painted(String text, String colour) {
    return ansi ? "\u001b[" + COLOURS.get(colour) + "m" + text + "\u001b[0m" : text;
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new Outlet(new FileOutputStream(stream));
  }
}
