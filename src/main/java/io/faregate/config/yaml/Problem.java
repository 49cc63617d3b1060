package io.faregate.config.yaml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something to say about a place in a file.
///
/// @param file the file as the user named it, or the environment variable that a value came from
/// @param line from 1; 0 where there is none
/// @param column from 1, in characters; 0 where there is none
/// @param message what is wrong, without secrets
/// @param fix what to do about it, or null if the message says it
public record Problem(
    String file, int line, int column, Severity severity, String message, @Nullable String fix) {
  /// How bad it is.
  public enum Severity {
    /// The file cannot be used.
    ERROR,
    /// It can be used, but hardly as it was meant.
    WARNING,
    /// Good to know.
    NOTE
  }

  /// A problem of the file as a whole.
  public static Problem ofFile(String file, String message, String fix) {
    return new Problem(file, 0, 0, Severity.ERROR, message, fix);
  }

  /// `faregate.yaml:12:9: message; fix`, where the message of a warning or a note begins with that
  /// word.
  @Override
  public String toString() {
    var place = line == 0 ? file : "%s:%d:%d".formatted(file, line, column);
    var kind = severity == Severity.ERROR ? "" : severity.name().toLowerCase(Locale.ROOT) + ": ";
    return place + ": " + kind + message + (fix == null ? "" : "; " + fix);
  }
}
