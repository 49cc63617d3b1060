package io.faregate.dialect.openai;

import io.faregate.call.Capability;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Part;
import io.faregate.dialect.body.Message;
import io.faregate.dialect.body.Message.From;
import io.faregate.dialect.body.Tagged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the `messages` of an OpenAI Chat body: where each stands, whose it is, and what is in it.
final class MessageReader {
  private final Cursor cursor;
  private final Set<Capability> needs;
  private final List<Message> messages = new ArrayList<>();

  private String role = "";
  private String name = "";
  private int documentBytes;
  private int mediaBytes;
  private int media;

  /// @param needs collects what a model must be able to take
  MessageReader(Cursor cursor, Set<Capability> needs) {
    this.cursor = cursor;
    this.needs = needs;
  }

  /// Reads the array that the cursor is at.
  List<Message> read() {
    if (!cursor.atArray()) {
      throw new DialectException("messages must be an array", "messages");
    }
    cursor.elements(this::message);
    if (messages.isEmpty()) {
      throw new DialectException("messages must not be empty", "messages");
    }
    return messages;
  }

  private void message() {
    if (!cursor.atObject()) {
      throw new DialectException("each message must be an object", "messages");
    }
    int from = cursor.start();
    role = "";
    name = "";
    documentBytes = 0;
    mediaBytes = 0;
    media = 0;
    cursor.members(this::member);
    var part = new Part("", from, from, cursor.end());
    messages.add(message(part));
  }

  /// All of a message named `documents` is documents, and all of a tool's is its result.
  private Message message(Part part) {
    int text = part.to() - part.from() - mediaBytes;
    var named = name.equals("documents");
    return switch (role) {
      case "tool", "function" -> new Message(part, From.OTHER, 0, text, mediaBytes, media);
      case "system", "developer" -> message(part, From.SYSTEM, named ? text : documentBytes);
      case "user" ->
          message(part, named ? From.DOCUMENTS : From.USER, named ? text : documentBytes);
      default -> message(part, From.OTHER, named ? text : documentBytes);
    };
  }

  private Message message(Part part, From from, int documents) {
    return new Message(part, from, documents, 0, mediaBytes, media);
  }

  private void member(String member) {
    switch (member) {
      case "role" -> role = cursor.string();
      case "name" -> name = cursor.string();
      case "content" -> content();
      default -> cursor.skip();
    }
  }

  private void content() {
    if (cursor.atArray()) {
      cursor.elements(this::contentPart);
    } else {
      int from = cursor.start();
      cursor.skip();
      documentBytes += Tagged.documents(cursor.bytes(), from, cursor.end());
    }
  }

  private void contentPart() {
    if (!cursor.atObject()) {
      throw new DialectException("each content part must be an object", "messages");
    }
    int from = cursor.start();
    var seen = new PartSeen();
    cursor.members(member -> {
      switch (member) {
        case "type" -> seen.type = cursor.string();
        case "name" -> seen.name = cursor.string();
        default -> cursor.skip();
      }
    });
    int to = cursor.end();
    switch (seen.type) {
      case "image_url", "input_image", "image" -> media(Capability.IMAGES, to - from);
      case "input_audio", "audio" -> media(Capability.AUDIO, to - from);
      case "file", "input_file" -> media(Capability.FILES, to - from);
      default ->
          documentBytes +=
              seen.name.equals("documents")
                  ? to - from
                  : Tagged.documents(cursor.bytes(), from, to);
    }
  }

  private void media(Capability need, int bytes) {
    needs.add(need);
    media++;
    mediaBytes += bytes;
  }

  /// What has been read of one content part.
  private static final class PartSeen {
    private String type = "";
    private String name = "";
  }
}
