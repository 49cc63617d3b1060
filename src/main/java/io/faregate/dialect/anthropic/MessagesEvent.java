package io.faregate.dialect.anthropic;

import io.faregate.dialect.Cursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one JSON document of an Anthropic answer: a whole message, an event of a stream, or an
/// error.
final class MessagesEvent {
  /// Blocks that begin without content.
  private static final Set<String> SILENT = Set.of("text", "thinking", "redacted_thinking");

  private final MessagesUsage usage;

  String type = "";
  @Nullable String model;
  @Nullable String failure;
  boolean content;
  boolean finished;
  long textBytes;

  private String stopReason = "";
  private String category = "";

  /// @param usage takes what the document says of usage
  MessagesEvent(MessagesUsage usage) {
    this.usage = usage;
  }

  /// Reads a document that stands in `[from, from + length)`.
  ///
  /// @throws io.faregate.dialect.DialectException if it is no JSON object
  void read(byte[] bytes, int from, int length) {
    try (var cursor = new Cursor(bytes, from, length)) {
      cursor.document(name -> member(name, cursor));
    }
    if (FreeRefusal.is(stopReason, category)) {
      usage.refused();
    }
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "type" -> type = cursor.string();
      case "error" -> error(cursor);
      case "message" -> nested(cursor);
      case "delta" -> delta(cursor);
      case "content_block" -> block(cursor);
      default -> ofMessage(name, cursor);
    }
  }

  private void ofMessage(String name, Cursor cursor) {
    switch (name) {
      case "model" -> model = cursor.string();
      case "usage" -> usage.read(cursor);
      case "stop_reason" -> stopReason(cursor);
      case "stop_details" -> stopDetails(cursor);
      case "content" -> blocks(cursor);
      default -> cursor.skip();
    }
  }

  private void nested(Cursor cursor) {
    if (cursor.atObject()) {
      cursor.members(name -> ofMessage(name, cursor));
    } else {
      cursor.skip();
    }
  }

  private void error(Cursor cursor) {
    if (cursor.atNull()) {
      return;
    }
    failure = "error";
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("type")) {
        failure = cursor.string();
      } else {
        cursor.skip();
      }
    });
  }

  private void stopReason(Cursor cursor) {
    finished |= cursor.atString();
    stopReason = cursor.string();
  }

  private void stopDetails(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("category")) {
        category = cursor.string();
      } else {
        cursor.skip();
      }
    });
  }

  private void delta(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "stop_reason" -> stopReason(cursor);
        case "stop_details" -> stopDetails(cursor);
        case "type", "stop_sequence", "signature", "container", "citation" -> cursor.skip();
        default -> text(cursor);
      }
    });
  }

  private void blocks(Cursor cursor) {
    if (cursor.atArray()) {
      cursor.elements(() -> block(cursor));
    } else {
      cursor.skip();
    }
  }

  /// A block that is a call of a tool is content from its beginning on.
  private void block(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "type" -> content |= !SILENT.contains(cursor.string());
        case "text", "thinking", "input", "content" -> text(cursor);
        default -> cursor.skip();
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
