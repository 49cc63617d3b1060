package io.faregate.dialect.translate.hub;

import io.faregate.call.Api;
import tools.jackson.databind.node.ObjectNode;

/// Reads what one kind of client asks, and writes the answers for it.
public interface ClientSide {
  /// What a body asks of that kind of provider.
  ///
  /// @throws DialectException if it is not what it should be or cannot be carried; its message and
  ///   param name the field
  Prompt prompt(ObjectNode body, Api provider);

  /// A whole answer.
  byte[] answer(Reply reply, Terms terms);

  /// A writer for one streamed answer.
  PieceWriter stream(Terms terms);

  /// The body of a provider's error.
  byte[] error(Trouble trouble);

  /// The HTTP status of a provider's error, as the dialect has it.
  int status(Trouble trouble);

  /// Writes a streamed answer piece by piece.
  interface PieceWriter {
    /// The bytes for the client; none where it waits for more.
    String write(Piece piece);
  }
}
