package io.faregate.dialect.openai;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.Protocol;
import io.faregate.dialect.Body;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Part;
import io.faregate.dialect.body.Conversation;
import io.faregate.dialect.body.Members;
import io.faregate.dialect.body.Message;
import io.faregate.dialect.body.OwnMetadata;
import java.util.EnumSet;
import java.util.List;
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
  private final Members members;
  private final EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
  private final OwnMetadata metadata = new OwnMetadata();

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
  private @Nullable String safetyId;
  private @Nullable String session;
  private @Nullable String unbounded;
  private @Nullable String service;

  ChatBodyReader(byte[] bytes) {
    this.bytes = bytes;
    this.cursor = new Cursor(bytes);
    this.members = new Members(bytes);
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
    var conversation = new Conversation(messages, 0, toolBytes);
    var layout = new ChatBody.Layout(members, usageFlag, options, usageAsked, metadata);
    var work = metadata.work(model, user == null || user.isEmpty() ? safetyId : user, session);
    return new ChatBody(bytes, demand(conversation), work, layout, conversation);
  }

  private void member(String name) {
    int from = cursor.nameStart();
    int value = cursor.start();
    members.begin(name);
    int to = value(name, value);
    members.add(new Part(name, from, value, to));
  }

  private int value(String name, int value) {
    switch (name) {
      case "model" -> model = cursor.string();
      case "messages" -> messages(name);
      case "stream" -> streamed = cursor.atTrue();
      case "stream_options" -> streamOptions(value);
      case "max_tokens", "max_completion_tokens" -> outputLimit();
      case "n" -> choices = cursor.atNull() ? 1 : cursor.number();
      case "tools", "functions" -> tools(value);
      case "response_format" -> responseFormat(value);
      case "logprobs" -> need(Capability.LOGPROBS, cursor.atTrue());
      case "user" -> user = cursor.string();
      case "safety_identifier" -> safetyId = cursor.string();
      case "prompt_cache_key" -> session = cursor.string();
      case "metadata" -> metadata.read(cursor);
      case "service_tier" -> service = cursor.string();
      case "web_search_options" -> unbounded = "web_search_options has no limit of uses";
      default -> {}
    }
    cursor.skip();
    return cursor.end();
  }

  private void messages(String name) {
    var reader = new MessageReader(cursor, needs, name);
    messages = reader.read();
    if (reader.byReference()) {
      unbounded = "a file by reference has an unknown size";
    }
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

  private Demand demand(Conversation conversation) {
    long media = conversation.media();
    var bound =
        needs.contains(Capability.AUDIO) || needs.contains(Capability.FILES)
            ? bytes.length + media * MEDIA_BOUND
            : bytes.length - conversation.mediaBytes() + media * MEDIA_BOUND;
    return new Demand(
            Protocol.CHAT,
            conversation.bytes(),
            conversation.turnBytes(),
            bound + TEMPLATE_BOUND,
            outputLimit < 0 ? null : outputLimit,
            (int) choices,
            streamed,
            members.has("prompt_cache_key"),
            needs,
            unbounded)
        .at(AskedService.of(service));
  }
}
