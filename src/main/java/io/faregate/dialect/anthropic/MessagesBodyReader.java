package io.faregate.dialect.anthropic;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.Protocol;
import io.faregate.call.Work;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Part;
import io.faregate.dialect.body.Conversation;
import io.faregate.dialect.body.Members;
import io.faregate.dialect.body.Message;
import io.faregate.money.Service;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of an Anthropic Messages call in one pass. Source: Messages API reference.
final class MessagesBodyReader {
  /// Tokens that an image or a document may become at most when its size says nothing.
  private static final long MEDIA_BOUND = 16_384;

  /// Tokens that the provider's own template may add to what the body holds, and more of them when
  /// there are tools: those of a vendor's own kind are described there.
  private static final long TEMPLATE_BOUND = 512;

  private static final long TOOLS_BOUND = 2_048;

  /// Tools that run at the provider, for a fee and with input of their own.
  private static final List<String> SERVER_TOOLS =
      List.of("web_search", "web_fetch", "code_execution", "mcp_toolset", "advisor");

  private final byte[] bytes;
  private final boolean counting;
  private final Cursor cursor;
  private final Members members;
  private final EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
  private final BlockReader blocks;

  private @Nullable String model;
  private @Nullable List<Message> messages;
  private boolean streamed;
  private long systemBytes;
  private long toolBytes;
  private long outputLimit = -1;
  private long thinkingBudget;
  private Sender sender = Sender.UNKNOWN;
  private @Nullable String unbounded;
  private @Nullable String service;
  private @Nullable String geo;
  private boolean fast;

  /// @param counting whether only the size is asked for: no output limit is stated then, nothing is
  ///   written, and no tool runs
  MessagesBodyReader(byte[] bytes, boolean counting) {
    this.bytes = bytes;
    this.counting = counting;
    this.cursor = new Cursor(bytes);
    this.members = new Members(bytes);
    this.blocks = new BlockReader(cursor, needs);
  }

  /// Reads the whole body.
  ///
  /// @throws DialectException if it is no Messages body
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
    if (counting) {
      outputLimit = 0;
    } else if (outputLimit < 0) {
      throw new DialectException("max_tokens is missing", "max_tokens");
    }
    var conversation = new Conversation(messages, systemBytes, toolBytes);
    var asked = new Asked(true, blocks.hourlyCache(), bytes.length);
    var seen = new MessagesBody.Seen(demand(conversation), work(model), asked);
    var layout = new MessagesBody.Layout(members, conversation, blocks.unsigned());
    return new MessagesBody(bytes, seen, layout);
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
      case "messages" -> messages = blocks.messages();
      case "stream" -> streamed = cursor.atTrue();
      case "max_tokens" -> outputLimit();
      case "system" -> {
        blocks.marks();
        systemBytes += cursor.end() - from;
      }
      case "tools" -> tools(from);
      case "output_format", "output_config" -> {
        format(name);
        toolBytes += cursor.end() - from;
      }
      case "thinking" -> thinking();
      case "metadata" -> metadata();
      case "cache_control" -> blocks.cacheControl();
      case "service_tier" -> service = cursor.string();
      case "inference_geo" -> geo = cursor.string();
      case "speed" -> fast = cursor.string().equals("fast");
      case "mcp_servers" -> {
        if (cursor.atArray()) {
          cursor.elements(() -> unbounded("mcp_servers answer with input of unknown size"));
        }
      }
      case "fallbacks" -> fallbacks();
      case "context_management" -> contextManagement();
      default -> {}
    }
  }

  private void outputLimit() {
    var limit = cursor.number();
    if (limit < 0) {
      throw new DialectException("max_tokens must be a whole number, zero or more", "max_tokens");
    }
    outputLimit = limit;
  }

  private void tools(int from) {
    if (cursor.atArray()) {
      cursor.elements(this::tool);
    }
    toolBytes += cursor.end() - from;
  }

  private void tool() {
    needs.add(Capability.TOOLS);
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "type" -> toolType(cursor.string());
        case "cache_control" -> blocks.cacheControl();
        default -> cursor.skip();
      }
    });
  }

  private void toolType(String type) {
    if (SERVER_TOOLS.stream().anyMatch(type::startsWith)) {
      unbounded = type + " runs at the provider, with fees and input that nobody can bound";
    }
  }

  /// A list of models, or `default`, which leaves them to the provider.
  private void fallbacks() {
    var why = "fallbacks lead to other models, at their prices";
    if (cursor.atArray()) {
      cursor.elements(() -> unbounded(why));
    } else if (cursor.atString()) {
      unbounded(why);
    }
  }

  private void contextManagement() {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("edits") && cursor.atArray()) {
        cursor.elements(this::contextEdit);
      } else {
        cursor.skip();
      }
    });
  }

  private void contextEdit() {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("type") && cursor.string().startsWith("compact_")) {
        unbounded = "a compaction is written beside the answer, and max_tokens does not bound it";
      }
      cursor.skip();
    });
  }

  private void unbounded(String why) {
    unbounded = why;
    cursor.skip();
  }

  /// A format stands alone, or in `output_config` beside other settings.
  private void format(String member) {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("type") && cursor.string().equals("json_schema")) {
        needs.add(Capability.JSON_SCHEMA);
      } else if (name.equals("format") && member.equals("output_config")) {
        format(name);
      }
      cursor.skip();
    });
  }

  private void thinking() {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("type") && !cursor.string().equals("disabled")) {
        needs.add(Capability.REASONING);
      } else if (name.equals("budget_tokens")) {
        thinkingBudget = Math.max(0, cursor.number());
      }
      cursor.skip();
    });
  }

  private void metadata() {
    if (!cursor.atObject()) {
      return;
    }
    cursor.members(name -> {
      if (name.equals("user_id")) {
        sender = Sender.of(cursor.string());
      }
      cursor.skip();
    });
  }

  private Demand demand(Conversation conversation) {
    long media = conversation.media();
    var bound =
        needs.contains(Capability.FILES)
            ? bytes.length + media * MEDIA_BOUND
            : bytes.length - conversation.mediaBytes() + media * MEDIA_BOUND;
    var template = TEMPLATE_BOUND + (needs.contains(Capability.TOOLS) ? TOOLS_BOUND : 0);
    return new Demand(
            Protocol.MESSAGES,
            conversation.bytes(),
            conversation.turnBytes(),
            bound + template,
            outputLimit,
            1,
            streamed && !counting,
            blocks.cacheAsked(),
            needs,
            counting ? null : unbounded == null ? blocks.unbounded() : unbounded)
        .at(Service.at(fast ? "fast" : service).within(geo))
        .thinking(thinkingBudget);
  }

  private Work work(String model) {
    return new Work(
        null, null, null, null, model, null, null, sender.user(), sender.session(), null);
  }
}
