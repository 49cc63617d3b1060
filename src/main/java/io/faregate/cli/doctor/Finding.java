package io.faregate.cli.doctor;

import org.jspecify.annotations.Nullable;

/// What one look found.
///
/// @param about what was looked at
/// @param remedy what to do; null where there is nothing to do
record Finding(Level level, String about, String found, @Nullable String remedy) {
  /// How bad it is.
  enum Level {
    /// As it should be.
    OK,
    /// Good to know.
    NOTE,
    /// It will hurt some day.
    WARNING,
    /// It hurts now.
    FAULT
  }

  static Finding ok(String about, String found) {
    return new Finding(Level.OK, about, found, null);
  }

  static Finding note(String about, String found, String remedy) {
    return new Finding(Level.NOTE, about, found, remedy);
  }

  static Finding warning(String about, String found, String remedy) {
    return new Finding(Level.WARNING, about, found, remedy);
  }

  static Finding fault(String about, String found, String remedy) {
    return new Finding(Level.FAULT, about, found, remedy);
  }
}
