package io.faregate.dialect.anthropic;

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
import org.jspecify.annotations.Nullable;

/// Reads the messages of an Anthropic body and what else is made of content blocks: where each
/// stands, whose it is, and what is in it.
final class BlockReader {
  private final Cursor cursor;
  private final Set<Capability> needs;
  private final List<Message> messages = new ArrayList<>();
  private final UnsignedThoughts unsigned = new UnsignedThoughts();
  private final List<Part> blocks = new ArrayList<>();
  private final List<Part> thoughts = new ArrayList<>();

  private String role = "";
  private int documentBytes;
  private int resultBytes;
  private int mediaBytes;
  private int media;
  private boolean others;
  private boolean cacheAsked;
  private boolean hourlyCache;
  private @Nullable String unbounded;

  /// @param needs collects what a model must be able to take
  BlockReader(Cursor cursor, Set<Capability> needs) {
    this.cursor = cursor;
    this.needs = needs;
  }

  /// Whether anything was marked for the prompt cache.
  boolean cacheAsked() {
    return cacheAsked;
  }

  /// Whether anything was marked to stay in it for an hour.
  boolean hourlyCache() {
    return hourlyCache;
  }

  /// What stands there by reference, so that nobody knows its size; null if nothing does.
  @Nullable String unbounded() {
    return unbounded;
  }

  /// The thoughts that Anthropic has not signed.
  UnsignedThoughts unsigned() {
    return unsigned;
  }

  /// Reads the array of messages that the cursor is at.
  List<Message> messages() {
    if (!cursor.atArray()) {
      throw new DialectException("messages must be an array", "messages");
    }
    cursor.elements(this::message);
    if (messages.isEmpty()) {
      throw new DialectException("messages must not be empty", "messages");
    }
    return messages;
  }

  /// Steps over a value and notes its cache marks.
  void marks() {
    if (cursor.atObject()) {
      cursor.members(name -> {
        if (name.equals("cache_control")) {
          cacheControl();
        } else {
          cursor.skip();
        }
      });
    } else if (cursor.atArray()) {
      cursor.elements(this::marks);
    } else {
      cursor.skip();
    }
  }

  /// Reads a `cache_control` that the cursor is at.
  void cacheControl() {
    cacheAsked |= cursor.atObject();
    if (cursor.atObject()) {
      cursor.members(name -> hourlyCache |= cursor.string().equals("1h") && name.equals("ttl"));
    } else {
      cursor.skip();
    }
  }

  private void message() {
    if (!cursor.atObject()) {
      throw new DialectException("each message must be an object", "messages");
    }
    int from = cursor.start();
    role = "";
    documentBytes = 0;
    resultBytes = 0;
    mediaBytes = 0;
    media = 0;
    others = false;
    forgetBlocks();
    cursor.members(member -> {
      switch (member) {
        case "role" -> role = cursor.string();
        case "content" -> content();
        default -> cursor.skip();
      }
    });
    var part = new Part("", from, from, cursor.end());
    messages.add(new Message(part, whose(), documentBytes, resultBytes, mediaBytes, media));
    if (!thoughts.isEmpty()) {
      unsigned.add(part, blocks, thoughts);
    }
  }

  /// A message of results belongs to the turn of the call that they answer: without that call no
  /// provider takes them.
  private From whose() {
    return switch (role) {
      case "system" -> From.SYSTEM;
      case "user" -> resultBytes > 0 ? From.OTHER : documentsOnly() ? From.DOCUMENTS : From.USER;
      default -> From.OTHER;
    };
  }

  private boolean documentsOnly() {
    return !others && (documentBytes > 0 || media > 0);
  }

  private void content() {
    // Of two contents in one message, the last one counts.
    forgetBlocks();
    if (cursor.atArray()) {
      cursor.elements(this::ofMessage);
    } else {
      int from = cursor.start();
      cursor.skip();
      others = true;
      documentBytes += Tagged.documents(cursor.bytes(), from, cursor.end());
    }
  }

  private void forgetBlocks() {
    blocks.clear();
    thoughts.clear();
  }

  private void ofMessage() {
    int from = cursor.start();
    var seen = block(false);
    var part = new Part("", from, from, cursor.end());
    blocks.add(part);
    if (seen.type.equals("thinking") && !seen.signed) {
      thoughts.add(part);
    }
  }

  /// @param inResult whether the block stands in the result of a tool, which counts as a whole
  private BlockSeen block(boolean inResult) {
    if (!cursor.atObject()) {
      throw new DialectException("each content block must be an object", "messages");
    }
    int from = cursor.start();
    int mediaBefore = mediaBytes;
    var seen = new BlockSeen();
    cursor.members(member -> member(member, seen));
    int to = cursor.end();
    switch (seen.type) {
      case "image" -> media(Capability.IMAGES, to - from, inResult);
      case "document" -> document(seen, to - from - (mediaBytes - mediaBefore), inResult);
      case "search_result" -> documentBytes += inResult ? 0 : to - from;
      case "container_upload" -> unbounded = "a file in a container has an unknown size";
      case "tool_result", "mcp_tool_result" -> {
        resultBytes += to - from - (mediaBytes - mediaBefore);
        others = true;
      }
      default -> {
        others = true;
        documentBytes += inResult ? 0 : Tagged.documents(cursor.bytes(), from, to);
      }
    }
    return seen;
  }

  private void member(String name, BlockSeen seen) {
    switch (name) {
      case "type" -> seen.type = cursor.string();
      case "source" -> source(seen);
      case "signature" -> {
        var signature = cursor.string();
        seen.signed = !signature.isEmpty() && !Seal.wrote(signature);
      }
      case "cache_control" -> cacheControl();
      case "content" -> within();
      default -> cursor.skip();
    }
  }

  /// Blocks within a block, or a text.
  private void within() {
    if (cursor.atArray()) {
      cursor.elements(() -> {
        var _ = block(true);
      });
    } else {
      cursor.skip();
    }
  }

  private void source(BlockSeen seen) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "type" -> seen.source = cursor.string();
        case "content" -> {
          var before = others;
          within();
          others = before;
        }
        default -> cursor.skip();
      }
    });
  }

  /// A document of plain text is text; one of another kind is a file.
  private void document(BlockSeen seen, int bytes, boolean inResult) {
    switch (seen.source) {
      case "text", "content" -> documentBytes += inResult ? 0 : bytes;
      case "base64" -> media(Capability.FILES, bytes, true);
      default -> {
        media(Capability.FILES, bytes, true);
        unbounded = "a document by reference has an unknown size";
      }
    }
  }

  private void media(Capability need, int bytes, boolean beside) {
    needs.add(need);
    media++;
    mediaBytes += bytes;
    others |= !beside;
  }

  /// What has been read of one block.
  private static final class BlockSeen {
    private String type = "";
    private String source = "";
    private boolean signed;
  }
}
