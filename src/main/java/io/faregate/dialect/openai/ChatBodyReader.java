package io.faregate.dialect.openai;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.Named;
import io.faregate.call.Protocol;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.dialect.Body;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the body of an OpenAI Chat call in one pass. Source: Chat Completions API reference.
final class ChatBodyReader {
  /// Tokens that an image, a sound or a file may become at most when its size says nothing.
  private static final long MEDIA_BOUND = 16_384;

  /// Tokens that a provider's own template may add to what the body holds.
  private static final long TEMPLATE_BOUND = 256;

  private static final int MAX_CHOICES = 128;

  private final byte[] bytes;
  private final Cursor cursor;
  private final List<Part> members = new ArrayList<>(12);
  private final Set<String> names = new HashSet<>();
  private final EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
  private final Map<String, String> named = new HashMap<>();
  private final List<Part> metadata = new ArrayList<>();
  private final List<Part> ownMetadata = new ArrayList<>();

  private @Nullable String model;
  private @Nullable List<Message> messages;
  private @Nullable Part usageFlag;
  private @Nullable Part options;
  private boolean usageAsked;
  private boolean streamed;
  private long toolBytes;
  private long outputLimit = -1;
  private long choices = 1;
  private @Nullable String user;
  private @Nullable String session;
  private @Nullable String unbounded;

  ChatBodyReader(byte[] bytes) {
    this.bytes = bytes;
    this.cursor = new Cursor(bytes);
  }

  /// Reads the whole body.
  ///
  /// @throws DialectException if it is no Chat body
  Body read() {
    try (cursor) {
      cursor.document(this::member);
    }
    if (model == null || model.isEmpty()) {
      throw new DialectException(
          "model is missing; use \"auto\" to leave the choice to the policy", "model");
    }
    if (messages == null) {
      throw new DialectException("messages is missing", "messages");
    }
    if (choices < 1 || choices > MAX_CHOICES) {
      throw new DialectException("n must be between 1 and " + MAX_CHOICES, "n");
    }
    var conversation = new Conversation(messages, toolBytes);
    var layout =
        new ChatBody.Layout(
            members, usageFlag, options, usageAsked, metadata, ownMetadata, lastBrace());
    return new ChatBody(bytes, demand(conversation), work(model), layout, conversation);
  }

  private void member(String name) {
    int from = cursor.nameStart();
    int value = cursor.start();
    if (!names.add(name)) {
      throw new DialectException("the body has \"" + name + "\" twice", name);
    }
    int to = value(name, value);
    members.add(new Part(name, from, value, to));
  }

  private int value(String name, int value) {
    switch (name) {
      case "model" -> model = cursor.string();
      case "messages" -> messages = new MessageReader(cursor, needs).read();
      case "stream" -> streamed = cursor.atTrue();
      case "stream_options" -> streamOptions(value);
      case "max_tokens", "max_completion_tokens" -> outputLimit();
      case "n" -> choices = cursor.atNull() ? 1 : cursor.number();
      case "tools", "functions" -> tools(value);
      case "response_format" -> responseFormat(value);
      case "logprobs" -> need(Capability.LOGPROBS, cursor.atTrue());
      case "user" -> user = cursor.string();
      case "prompt_cache_key" -> session = cursor.string();
      case "metadata" -> metadata();
      case "web_search_options" -> unbounded = "web_search_options has no limit of uses";
      default -> {}
    }
    cursor.skip();
    return cursor.end();
  }

  private void need(Capability capability, boolean needed) {
    if (needed) {
      needs.add(capability);
    }
  }

  private void outputLimit() {
    if (cursor.atNull()) {
      return;
    }
    var limit = cursor.number();
    if (limit < 0) {
      throw new DialectException(
          "the output limit must be a whole number, zero or more", "max_completion_tokens");
    }
    outputLimit = Math.max(outputLimit, limit);
  }

  private void tools(int from) {
    if (cursor.atArray()) {
      cursor.elements(() -> {
        needs.add(Capability.TOOLS);
        cursor.skip();
      });
    }
    toolBytes += cursor.end() - from;
  }

  private void responseFormat(int from) {
    if (cursor.atObject()) {
      cursor.members(name -> {
        if (name.equals("type")) {
          need(Capability.JSON_SCHEMA, cursor.string().equals("json_schema"));
        } else {
          cursor.skip();
        }
      });
      toolBytes += cursor.end() - from;
    }
  }

  private void streamOptions(int value) {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      int from = cursor.nameStart();
      int start = cursor.start();
      var asked = cursor.atTrue();
      cursor.skip();
      if (name.equals("include_usage")) {
        usageFlag = new Part(name, from, start, cursor.end());
        usageAsked = asked;
      }
    });
    options = new Part("stream_options", value, value, cursor.end());
  }

  private void metadata() {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      int from = cursor.nameStart();
      int start = cursor.start();
      var own = name.startsWith("faregate_");
      if (own) {
        named.put(name.substring("faregate_".length()), cursor.string());
      }
      cursor.skip();
      var part = new Part(name, from, start, cursor.end());
      metadata.add(part);
      if (own) {
        ownMetadata.add(part);
      }
    });
  }

  private Demand demand(Conversation conversation) {
    long media = 0;
    long mediaBytes = 0;
    for (var message : Objects.requireNonNull(messages)) {
      media += message.media();
      mediaBytes += message.mediaBytes();
    }
    var bound =
        needs.contains(Capability.AUDIO) || needs.contains(Capability.FILES)
            ? bytes.length + media * MEDIA_BOUND
            : bytes.length - mediaBytes + media * MEDIA_BOUND;
    return new Demand(
        Protocol.CHAT,
        conversation.bytes(),
        conversation.turnBytes(),
        bound + TEMPLATE_BOUND,
        outputLimit < 0 ? null : outputLimit,
        (int) choices,
        streamed,
        names.contains("prompt_cache_key"),
        needs,
        unbounded);
  }

  private Work work(String model) {
    return new Work(
        named("task"),
        named("workflow"),
        named("step"),
        named("plan"),
        model,
        named.get("action"),
        named.get("justification"),
        user == null || user.isEmpty() ? null : user,
        session == null || session.isEmpty() ? null : session,
        null);
  }

  private @Nullable Named named(String what) {
    var name = named.get(what);
    return name == null ? null : new Named(name, Source.METADATA);
  }

  private int lastBrace() {
    int at = bytes.length - 1;
    while (bytes[at] != '}') {
      at--;
    }
    return at;
  }
}
