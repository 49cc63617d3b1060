package io.faregate.dialect.translate.hub;

import io.faregate.dialect.ReportedUsage;
import org.jspecify.annotations.Nullable;

/// A piece of a streamed answer.
public sealed interface Piece {
  /// The answer begins; sent once, before all others but [Failed].
  ///
  /// @param usage what is known of its usage by then, or null
  record Started(String id, String model, @Nullable ReportedUsage usage) implements Piece {}

  /// More text.
  record Text(String text) implements Piece {}

  /// More of what the model thinks.
  record Thought(String text) implements Piece {}

  /// The thought so far is signed.
  record Signed(String signature) implements Piece {}

  /// A thought that only its provider can read.
  record SealedThought(String sealed) implements Piece {}

  /// The model begins to call a tool.
  ///
  /// @param tool tells it from the other calls of this answer
  record ToolStarted(int tool, String id, String name) implements Piece {}

  /// More of the arguments of a call, as JSON text.
  record Arguments(int tool, String json) implements Piece {}

  /// The arguments of a call are complete.
  record ToolEnded(int tool) implements Piece {}

  /// The answer is complete; nothing follows.
  ///
  /// @param stopText the text at which it was told to stop and did, or null
  /// @param usage null, which is not zero, if it is not known
  record Ended(Stop stop, @Nullable String stopText, @Nullable ReportedUsage usage)
      implements Piece {}

  /// The provider gave up; nothing follows.
  record Failed(Trouble trouble) implements Piece {}
}
