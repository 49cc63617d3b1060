package io.faregate.dialect.translate.hub;

/// Writes answers for one kind of client.
public interface ClientSide {
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
