package io.faregate.dialect.openai;

import io.faregate.dialect.Cursor;
import org.jspecify.annotations.Nullable;

/// Reads one JSON document of an OpenAI Chat answer: a whole answer, or one chunk of a stream.
final class ChatChunk {
  private final ChatUsage usage;

  @Nullable String model;
  @Nullable String serviceTier;
  @Nullable String failure;
  int choices;
  boolean content;
  boolean finished;
  long textBytes;

  /// Whether it has the member `choices`, in which there may be none: any other document is no
  /// answer of Chat.
  boolean completion;

  /// The same of `data` and embeddings.
  boolean embeddings;

  /// @param usage takes what the document says of usage
  ChatChunk(ChatUsage usage) {
    this.usage = usage;
  }

  /// Reads a document that stands in `[from, from + length)`.
  ///
  /// @throws DialectException if it is no JSON object
  void read(byte[] bytes, int from, int length) {
    try (var cursor = new Cursor(bytes, from, length)) {
      cursor.document(name -> member(name, cursor));
    }
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "model" -> model = name(cursor, model);
      case "service_tier" -> serviceTier = name(cursor, serviceTier);
      case "usage" -> usage.read(cursor);
      case "error" -> failure(cursor);
      case "choices" -> choices(cursor);
      case "data" -> {
        embeddings = cursor.atArray();
        cursor.skip();
      }
      default -> cursor.skip();
    }
  }

  /// Azure opens its streams with empty names.
  private static @Nullable String name(Cursor cursor, @Nullable String before) {
    var name = cursor.string();
    return name.isEmpty() ? before : name;
  }

  private void failure(Cursor cursor) {
    if (cursor.atNull()) {
      return;
    }
    failure = "error";
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("code") && cursor.atString()) {
        failure = cursor.string();
      } else {
        cursor.skip();
      }
    });
  }

  private void choices(Cursor cursor) {
    if (!cursor.atArray()) {
      cursor.skip();
      return;
    }
    completion = true;
    cursor.elements(() -> {
      choices++;
      if (cursor.atObject()) {
        cursor.members(name -> choice(name, cursor));
      } else {
        cursor.skip();
      }
    });
  }

  private void choice(String name, Cursor cursor) {
    switch (name) {
      case "finish_reason" -> {
        finished |= !cursor.atNull();
        cursor.skip();
      }
      case "delta", "message" -> written(cursor);
      // Where Moonshot has it in streams.
      case "usage" -> usage.read(cursor);
      case "text" -> text(cursor);
      default -> cursor.skip();
    }
  }

  /// Everything in a delta but the role is content.
  private void written(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("role")) {
        cursor.skip();
      } else {
        text(cursor);
      }
    });
  }

  private void text(Cursor cursor) {
    if (cursor.atNull()) {
      return;
    }
    int from = cursor.start();
    cursor.skip();
    int length = cursor.end() - from - 2;
    if (length > 0) {
      content = true;
      textBytes += length;
    }
  }
}
