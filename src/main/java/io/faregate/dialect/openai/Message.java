package io.faregate.dialect.openai;

import io.faregate.dialect.Part;

/// Where a message stands in a body and how much of it is what.
///
/// @param documentBytes bytes of it that are documents
/// @param mediaBytes bytes of it that are images, audio or files by value
/// @param media how many of those it has
record Message(Part part, String role, String name, int documentBytes, int mediaBytes, int media) {
  /// Bytes of it that are text, with its own syntax: no tokenizer makes more tokens of it.
  int textBytes() {
    return part.to() - part.from() - mediaBytes;
  }

  boolean system() {
    return role.equals("system") || role.equals("developer");
  }

  boolean user() {
    return role.equals("user");
  }

  /// Whether it brings nothing but documents to a question.
  boolean userDocuments() {
    return user() && name.equals("documents");
  }

  boolean toolResult() {
    return role.equals("tool") || role.equals("function");
  }

  /// Bytes that are documents: all of a message so named.
  int documents() {
    return name.equals("documents") ? textBytes() : Math.min(documentBytes, textBytes());
  }
}
