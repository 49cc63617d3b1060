package io.faregate.dialect.body;

import io.faregate.dialect.Part;

/// Where a message stands in a body, whose it is, and how much of it is what.
///
/// @param documentBytes bytes of it that are documents
/// @param resultBytes bytes of it that are results of tools
/// @param mediaBytes bytes of it that are images, audio or files by value
/// @param media how many of those it has
public record Message(
    Part part, From from, int documentBytes, int resultBytes, int mediaBytes, int media) {
  public Message {
    resultBytes = Math.min(resultBytes, part.to() - part.from() - mediaBytes);
    documentBytes = Math.min(documentBytes, part.to() - part.from() - mediaBytes - resultBytes);
  }

  /// Whose a message is.
  public enum From {
    /// Instructions, which are never dropped.
    SYSTEM,
    /// The user's: it begins a turn.
    USER,
    /// Documents beside a question of the user, and nothing else.
    DOCUMENTS,
    /// The model's, or what its tools returned.
    OTHER
  }

  /// Bytes of it that are text, with its own syntax: no tokenizer makes more tokens of it.
  public int textBytes() {
    return part.to() - part.from() - mediaBytes;
  }

  boolean system() {
    return from == From.SYSTEM;
  }

  boolean user() {
    return from == From.USER || from == From.DOCUMENTS;
  }

  boolean userDocuments() {
    return from == From.DOCUMENTS;
  }
}
