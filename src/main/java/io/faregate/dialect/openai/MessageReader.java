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

/// Reads the `messages` of an OpenAI Chat body, or the items in the `input` of a Responses body:
/// where each stands, whose it is, and what is in it.
final class MessageReader {
  /// How the ids of thoughts begin that we write in answers of other providers: with that of a
  /// call.
  private static final String OURS = "rs_call_";

  private final Cursor cursor;
  private final Set<Capability> needs;
  private final List<Message> messages = new ArrayList<>();
  private final List<Part> borrowed = new ArrayList<>(0);

  private final String param;
  private final OfferedTools tools;

  private String role = "";
  private String type = "";
  private String name = "";
  private String id = "";
  private boolean sealed;
  private boolean byReference;
  private int documentBytes;
  private int mediaBytes;
  private int media;

  /// @param needs collects what a model must be able to take
  /// @param param the member that holds them
  MessageReader(Cursor cursor, Set<Capability> needs, String param) {
    this.cursor = cursor;
    this.needs = needs;
    this.param = param;
    this.tools = new OfferedTools(cursor, needs);
  }

  /// The thoughts of models of other providers, which we wrote into an answer and which came back.
  /// OpenAI refuses an item that it does not know.
  List<Part> borrowedThoughts() {
    return borrowed;
  }

  /// The tools that items of the input offer.
  OfferedTools tools() {
    return tools;
  }

  /// Whether something stands there that only those can read who wrote it.
  boolean sealed() {
    return sealed;
  }

  /// Whether something of unknown size stands there by reference.
  boolean byReference() {
    return byReference;
  }

  /// Reads the array that the cursor is at.
  List<Message> read() {
    if (!cursor.atArray()) {
      throw new DialectException(param + " must be an array", param);
    }
    cursor.elements(this::message);
    if (messages.isEmpty()) {
      throw new DialectException(param + " must not be empty", param);
    }
    return messages;
  }

  private void message() {
    if (!cursor.atObject()) {
      throw new DialectException("each element of " + param + " must be an object", param);
    }
    int from = cursor.start();
    role = "";
    type = "";
    name = "";
    id = "";
    documentBytes = 0;
    mediaBytes = 0;
    media = 0;
    cursor.members(this::member);
    var part = new Part("", from, from, cursor.end());
    messages.add(message(part));
    if (type.equals("reasoning") && id.startsWith(OURS)) {
      borrowed.add(part);
    }
  }

  /// All of a message named `documents` is documents, and all of a tool's is its result.
  private Message message(Part part) {
    int text = part.to() - part.from() - mediaBytes;
    var named = name.equals("documents");
    byReference |= type.equals("item_reference");
    return switch (role.isEmpty() && type.endsWith("_output") ? "tool" : role) {
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
      case "type" -> type = cursor.string();
      case "name" -> name = cursor.string();
      case "id" -> id = cursor.string();
      case "content", "output" -> content();
      case "tools" -> tools.read();
      case "encrypted_content" -> {
        sealed |= cursor.atString();
        cursor.skip();
      }
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
      throw new DialectException("each content part must be an object", param);
    }
    int from = cursor.start();
    var seen = new PartSeen();
    cursor.members(member -> {
      switch (member) {
        case "type" -> seen.type = cursor.string();
        case "name" -> seen.name = cursor.string();
        case "file" -> file(seen);
        default -> reference(member, seen);
      }
    });
    int to = cursor.end();
    switch (seen.type) {
      case "image_url", "input_image", "image" -> media(Capability.IMAGES, to - from);
      case "input_audio", "audio" -> media(Capability.AUDIO, to - from);
      case "file", "input_file" -> {
        byReference |= seen.reference;
        media(Capability.FILES, to - from);
      }
      default ->
          documentBytes +=
              seen.name.equals("documents")
                  ? to - from
                  : Tagged.documents(cursor.bytes(), from, to);
    }
  }

  /// Chat has an object around what names the file.
  private void file(PartSeen seen) {
    if (cursor.atObject()) {
      cursor.members(member -> reference(member, seen));
    } else {
      cursor.skip();
    }
  }

  private void reference(String member, PartSeen seen) {
    seen.reference |= (member.equals("file_id") || member.equals("file_url")) && cursor.atString();
    cursor.skip();
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
    private boolean reference;
  }
}
