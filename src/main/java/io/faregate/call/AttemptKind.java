package io.faregate.call;

import java.util.Locale;

/// What an attempt is for.
public enum AttemptKind {
  /// The first attempt of a call.
  FIRST,
  /// Another attempt in the same tier after a failed or invalid one.
  RETRY,
  /// An attempt in another tier, always with a reason.
  FALLBACK,
  /// A second model looks at an answer before it is delivered.
  CHECK,
  /// A model tells the task or the confidence.
  CLASSIFY,
  /// A copy of the call whose answer is never delivered.
  SHADOW;

  /// The name in columns and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
