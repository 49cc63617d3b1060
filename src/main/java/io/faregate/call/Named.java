package io.faregate.call;

import org.jspecify.annotations.Nullable;

/// A name that a call carries, and where it stood.
///
/// @param unheard what a source says that is believed less, or null if none says anything
public record Named(String name, Source source, @Nullable Named unheard) {
  /// A name of which no other source says anything.
  public Named(String name, Source source) {
    this(name, source, null);
  }

  /// The same, believed before what another source says, or null if that says nothing.
  public Named over(@Nullable Named other) {
    return new Named(name, source, unheard == null ? other : unheard.over(other));
  }
}
