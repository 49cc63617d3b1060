package io.faregate.dialect.openai;

import io.faregate.call.Capability;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the `messages` of an OpenAI Chat body: where each stands, whose it is, and what is in it.
final class MessageReader {
  private static final byte[] OPEN = "<documents>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "</documents>".getBytes(StandardCharsets.US_ASCII);

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
    messages.add(new Message(part, role, name, documentBytes, mediaBytes, media));
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
      documentBytes += tagged(from, cursor.end());
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
      default -> documentBytes += seen.name.equals("documents") ? to - from : tagged(from, to);
    }
  }

  private void media(Capability need, int bytes) {
    needs.add(need);
    media++;
    mediaBytes += bytes;
  }

  /// Bytes within `<documents>` elements between two places.
  private int tagged(int from, int to) {
    int sum = 0;
    int open = Bytes.indexOf(cursor.bytes(), OPEN, from, to);
    while (open >= 0) {
      int close = Bytes.indexOf(cursor.bytes(), CLOSE, open, to);
      int end = close < 0 ? to : close + CLOSE.length;
      sum += end - open;
      open = Bytes.indexOf(cursor.bytes(), OPEN, end, to);
    }
    return sum;
  }

  /// What has been read of one content part.
  private static final class PartSeen {
    private String type = "";
    private String name = "";
  }
}
