package io.faregate.dialect.openai;

import io.faregate.dialect.Cursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one JSON document of an OpenAI Responses answer: a whole response, or an event of a
/// stream, in which the response is nested.
final class ResponsesEvent {
  /// Items that begin without content.
  private static final Set<String> SILENT = Set.of("message", "reasoning");

  /// What of an item the model wrote.
  private static final Set<String> WRITTEN =
      Set.of("text", "arguments", "input", "refusal", "delta", "code");

  private final ChatUsage usage;

  String type = "";
  String object = "";
  String status = "";
  @Nullable String id;
  @Nullable String model;
  @Nullable String serviceTier;
  @Nullable String failure;
  boolean content;
  long textBytes;
  private String code = "";

  /// @param usage takes what the document says of usage
  ResponsesEvent(ChatUsage usage) {
    this.usage = usage;
  }

  /// Reads a document that stands in `[from, from + length)`.
  ///
  /// @throws io.faregate.dialect.DialectException if it is no JSON object
  void read(byte[] bytes, int from, int length) {
    try (var cursor = new Cursor(bytes, from, length)) {
      cursor.document(name -> member(name, cursor));
    }
    if (type.equals("error") || type.equals("response.failed") || status.equals("failed")) {
      failure = failure == null ? (code.isEmpty() ? "error" : code) : failure;
    }
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "type" -> type = cursor.string();
      case "code" -> code = cursor.string();
      case "response" -> nested(cursor);
      case "item" -> item(cursor);
      case "delta" -> text(cursor);
      default -> ofResponse(name, cursor);
    }
  }

  private void nested(Cursor cursor) {
    if (cursor.atObject()) {
      cursor.members(name -> ofResponse(name, cursor));
    } else {
      cursor.skip();
    }
  }

  private void ofResponse(String name, Cursor cursor) {
    switch (name) {
      case "id" -> id = cursor.string();
      case "object" -> object = cursor.string();
      case "status" -> status = cursor.string();
      case "model" -> model = cursor.string();
      case "service_tier" -> serviceTier = cursor.atString() ? cursor.string() : skipped(cursor);
      case "usage" -> usage.read(cursor);
      case "error" -> error(cursor);
      case "output" -> output(cursor);
      default -> cursor.skip();
    }
  }

  private @Nullable String skipped(Cursor cursor) {
    cursor.skip();
    return serviceTier;
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
      if (name.equals("code") && cursor.atString()) {
        failure = cursor.string();
      } else {
        cursor.skip();
      }
    });
  }

  /// An item that is a call of a tool is content from its beginning on.
  private void item(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("type")) {
        content |= !SILENT.contains(cursor.string());
      } else {
        cursor.skip();
      }
    });
  }

  /// All text of a whole response, wherever it stands in its items.
  private void output(Cursor cursor) {
    if (cursor.atArray()) {
      cursor.elements(() -> output(cursor));
    } else if (cursor.atObject()) {
      cursor.members(name -> {
        if (WRITTEN.contains(name)) {
          text(cursor);
        } else if (name.equals("content") || name.equals("summary")) {
          output(cursor);
        } else {
          cursor.skip();
        }
      });
    } else {
      cursor.skip();
    }
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
