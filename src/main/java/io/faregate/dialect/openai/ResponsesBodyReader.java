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
import io.faregate.dialect.body.Tagged;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of an OpenAI Responses call in one pass. Source: Responses API reference.
final class ResponsesBodyReader {
  /// Tokens that an image or a file may become at most when its size says nothing.
  private static final long MEDIA_BOUND = 16_384;

  /// Tokens that a provider's own template may add to what the body holds.
  private static final long TEMPLATE_BOUND = 512;

  private final byte[] bytes;
  private final Cursor cursor;
  private final Members members;
  private final EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
  private final OwnMetadata metadata = new OwnMetadata();

  private @Nullable String model;
  private @Nullable List<Message> input;
  private List<Part> borrowed = List.of();
  private @Nullable String previous;
  private boolean sealed;
  private boolean streamed;
  private long systemBytes;
  private long toolBytes;
  private long outputLimit = -1;
  private @Nullable String user;
  private @Nullable String safetyId;
  private @Nullable String session;
  private @Nullable String unbounded;
  private @Nullable String service;

  ResponsesBodyReader(byte[] bytes) {
    this.bytes = bytes;
    this.cursor = new Cursor(bytes);
    this.members = new Members(bytes);
  }

  /// Reads the whole body.
  ///
  /// @throws DialectException if it is no Responses body
  Body read() {
    try (cursor) {
      cursor.document(this::member);
    }
    if (model == null || model.isEmpty()) {
      throw new DialectException(
          "model is missing; use \"auto\" to leave the choice to the policy", "model");
    }
    if (input == null && !members.has("prompt")) {
      throw new DialectException("input is missing", "input");
    }
    var messages = input == null ? List.<Message>of() : input;
    var conversation = new Conversation(messages, systemBytes, toolBytes);
    var who = user == null || user.isEmpty() ? safetyId : user;
    var seen =
        new ResponsesBody.Seen(
            demand(conversation),
            metadata.work(model, who, session),
            new Body.Ties(previous, sealed));
    return new ResponsesBody(
        bytes, seen, new ResponsesBody.Layout(members, metadata, conversation, borrowed));
  }

  private void member(String name) {
    int from = cursor.nameStart();
    int value = cursor.start();
    members.begin(name);
    value(name, value);
    cursor.skip();
    members.add(new Part(name, from, value, cursor.end()));
  }

  private void value(String name, int from) {
    switch (name) {
      case "model" -> model = cursor.string();
      case "input" -> input(from);
      case "stream" -> streamed = cursor.atTrue();
      case "max_output_tokens" -> outputLimit();
      case "instructions" -> {
        cursor.skip();
        systemBytes += cursor.end() - from;
      }
      case "tools" -> tools(from);
      case "text" -> text(from);
      case "reasoning" -> reasoning();
      case "top_logprobs" -> need(Capability.LOGPROBS, cursor.number() > 0);
      case "user" -> user = cursor.string();
      case "safety_identifier" -> safetyId = cursor.string();
      case "prompt_cache_key" -> session = cursor.string();
      case "metadata" -> metadata.read(cursor);
      case "service_tier" -> service = cursor.string();
      default -> atProvider(name);
    }
  }

  /// What is kept at the provider, or runs there after the answer.
  private void atProvider(String name) {
    if (cursor.atNull()) {
      return;
    }
    switch (name) {
      case "previous_response_id" -> previous = cursor.string();
      case "conversation" -> unbounded = "conversation brings input along of unknown size";
      case "prompt" -> unbounded = "prompt names a template of unknown size";
      case "background" -> {
        if (cursor.atTrue()) {
          throw new DialectException(
              "background is not served: what it costs would be known to nobody here; leave it out",
              "background");
        }
      }
      default -> {}
    }
  }

  private void need(Capability capability, boolean needed) {
    if (needed) {
      needs.add(capability);
    }
  }

  /// Input is one text, or items.
  private void input(int from) {
    if (cursor.atString()) {
      cursor.skip();
      int to = cursor.end();
      var documents = Tagged.documents(bytes, from, to);
      var part = new Part("", from, from, to);
      input = List.of(new Message(part, Message.From.USER, documents, 0, 0, 0));
      return;
    }
    var reader = new MessageReader(cursor, needs, "input");
    input = reader.read();
    borrowed = reader.borrowedThoughts();
    sealed = reader.sealed();
    if (reader.byReference()) {
      unbounded = "an item or a file by reference has an unknown size";
    }
    unbounded = reader.tools().unbounded() == null ? unbounded : reader.tools().unbounded();
  }

  private void outputLimit() {
    if (cursor.atNull()) {
      return;
    }
    outputLimit = cursor.number();
    if (outputLimit < 0) {
      throw new DialectException(
          "the output limit must be a whole number, zero or more", "max_output_tokens");
    }
  }

  private void tools(int from) {
    var tools = new OfferedTools(cursor, needs);
    tools.read();
    unbounded = tools.unbounded() == null ? unbounded : tools.unbounded();
    toolBytes += cursor.end() - from;
  }

  private void text(int from) {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("format") && cursor.atObject()) {
        cursor.members(this::format);
      } else {
        cursor.skip();
      }
    });
    toolBytes += cursor.end() - from;
  }

  private void format(String name) {
    if (name.equals("type")) {
      need(Capability.JSON_SCHEMA, cursor.string().equals("json_schema"));
    } else {
      cursor.skip();
    }
  }

  private void reasoning() {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("effort") && cursor.atString()) {
        need(Capability.REASONING, !cursor.string().equals("none"));
      } else {
        cursor.skip();
      }
    });
  }

  private Demand demand(Conversation conversation) {
    long media = conversation.media();
    var bound =
        needs.contains(Capability.AUDIO) || needs.contains(Capability.FILES)
            ? bytes.length + media * MEDIA_BOUND
            : bytes.length - conversation.mediaBytes() + media * MEDIA_BOUND;
    return new Demand(
            Protocol.RESPONSES,
            conversation.bytes(),
            conversation.turnBytes(),
            bound + TEMPLATE_BOUND,
            outputLimit < 0 ? null : outputLimit,
            1,
            streamed,
            members.has("prompt_cache_key"),
            needs,
            unbounded == null && previous != null ? Body.Ties.UNBOUNDED : unbounded)
        .at(AskedService.of(service));
  }
}
