package io.faregate.dialect.translate.client;

import io.faregate.call.Api;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes Anthropic messages.
public final class MessagesClient implements ClientSide {
  private static final String TOO_LONG = "prompt is too long";

  @Override
  public Prompt prompt(ObjectNode body, Api provider) {
    return MessagesPrompt.read(body, provider);
  }

  @Override
  public byte[] answer(Reply reply, Terms terms) {
    var body = message(terms.id("msg_", reply.id()), terms.model(reply.model()));
    var content = body.putArray("content");
    for (var part : reply.content()) {
      block(part, terms.prompt().thinking().shown(), content);
    }
    body.put("stop_reason", stop(reply).messages());
    body.put("stop_sequence", reply.stopText());
    var usage = reply.spent().usage();
    body.set("usage", usage(usage == null ? null : usage.usage()));
    return Tree.bytes(body);
  }

  @Override
  public PieceWriter stream(Terms terms) {
    return new MessagesPieces(terms);
  }

  @Override
  public byte[] error(Trouble trouble) {
    return Tree.bytes(problem(trouble));
  }

  @Override
  public int status(Trouble trouble) {
    return trouble.status() == 0 || trouble.status() == 424
        ? trouble.kind().status()
        : trouble.status();
  }

  static ObjectNode problem(Trouble trouble) {
    var body = Tree.object().put("type", "error");
    body.putObject("error")
        .put("type", trouble.kind().anthropic())
        .put("message", message(trouble));
    return body;
  }

  /// Clients know an input that is too long by these words alone, and shorten it.
  private static String message(Trouble trouble) {
    var known = trouble.message().contains(TOO_LONG);
    return Trouble.CONTEXT_LENGTH.equals(trouble.code()) && !known
        ? TOO_LONG + ": " + trouble.message()
        : trouble.message();
  }

  /// The beginning of a message.
  static ObjectNode message(String id, String model) {
    return Tree.object()
        .put("id", id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model);
  }

  /// Usage with cached tokens counted outside. The dialect has no word for a usage that is not
  /// known: its clients read zeros.
  static ObjectNode usage(@Nullable Usage known) {
    var usage = known == null ? Usage.NONE : known;
    var written =
        Tree.object()
            .put("input_tokens", usage.input())
            .put("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
            .put("cache_read_input_tokens", usage.cacheRead());
    written
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", usage.cacheWrite5m())
        .put("ephemeral_1h_input_tokens", usage.cacheWrite1h());
    return written.put("output_tokens", usage.output());
  }

  /// A call whose arguments are no object is one that the client must not make: its message counts
  /// as cut off, whatever its provider says.
  private static Stop stop(Reply reply) {
    boolean cut =
        reply.content().stream()
            .anyMatch(part -> part instanceof Said.Call call && call.input() == null);
    return cut && reply.stop().incompleteReason().isEmpty() ? Stop.LENGTH : reply.stop();
  }

  /// Thoughts are shown to those who asked for them: others look for text in the first block.
  private static void block(Said part, boolean thoughts, ArrayNode content) {
    switch (part) {
      case Said.Text text -> content.addObject().put("type", "text").put("text", text.text());
      case Said.Call call -> {
        var input = call.input();
        content
            .addObject()
            .put("type", "tool_use")
            .put("id", call.id())
            .put("name", call.name())
            .set("input", input == null ? Tree.object() : input);
      }
      case Said.Thought thought -> {
        if (thought.sealed() != null) {
          content.addObject().put("type", "redacted_thinking").put("data", thought.sealed());
        } else if (thoughts) {
          content
              .addObject()
              .put("type", "thinking")
              .put("thinking", thought.text())
              .put("signature", thought.signature() == null ? "" : thought.signature());
        }
      }
    }
  }
}
