package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.anthropic.Seal;
import io.faregate.dialect.openai.OpenAiErrors;
import io.faregate.dialect.openai.OpenAiResponses;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI Responses as a provider, where its models think beside tools and read their own thoughts
/// again. Nothing is kept there: the thoughts come encrypted, and go back with the conversation.
/// Source: Responses API reference; reasoning guide, "Encrypted reasoning items".
public final class ResponsesProvider implements ProviderSide {
  /// OpenAI's models that think; those of ChatGPT take no effort.
  private static final Pattern THINKS =
      Pattern.compile("(ft:)?(gpt-([5-9]|[1-9]\\d)|o\\d)(?!.*-chat)");

  /// The lowest output limit that it takes.
  private static final long LEAST_OUTPUT = 16;

  private final String provider;

  /// @param provider its name in the policy
  public ResponsesProvider(String provider) {
    this.provider = provider;
  }

  /// Whether a Messages body is better asked here than in Chat.
  public static boolean takes(ObjectNode messages) {
    return THINKS.matcher(Tree.string(messages, "model")).lookingAt()
        && messages.path("max_tokens").asLong(LEAST_OUTPUT) >= LEAST_OUTPUT;
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }

  @Override
  public Letter letter(Prompt prompt) {
    return new ResponsesLetter(prompt, provider).written(new OpenAiResponses().path());
  }

  @Override
  public boolean stopsAtTexts() {
    return false;
  }

  @Override
  public Reply answer(byte[] body) {
    var root = Tree.parse(body);
    if (root.hasNonNull("error") || !root.path("output").isArray()) {
      throw new DialectException("the answer holds no output", "output");
    }
    var content = new ArrayList<Said>();
    boolean refused = false;
    for (var item : Tree.array(root, "output")) {
      refused |= read(item, content);
    }
    boolean calls = content.stream().anyMatch(Said.Call.class::isInstance);
    return new Reply(
        Tree.string(root, "id"),
        Tree.string(root, "model"),
        content,
        refused ? Stop.REFUSED : stop(root, calls),
        null,
        spent(root));
  }

  @Override
  public Reply.Spent spent(ObjectNode answer) {
    var usage = new OpenAiUsage();
    usage.read(answer);
    return usage.spent();
  }

  @Override
  public PieceReader stream() {
    return new ResponsesEvents(provider);
  }

  @Override
  public Trouble error(int status, byte[] body) {
    return OpenAiErrors.trouble(status, body);
  }

  /// Why a response ended.
  static Stop stop(JsonNode response, boolean calls) {
    return switch (Tree.string(response.path("incomplete_details"), "reason")) {
      case "max_output_tokens" -> Stop.LENGTH;
      case "content_filter" -> Stop.REFUSED;
      default -> calls ? Stop.TOOLS : Stop.END;
    };
  }

  /// The seal of a reasoning item; empty if it came without one.
  static String seal(String provider, JsonNode item) {
    var content = Tree.string(item, "encrypted_content");
    return content.isEmpty()
        ? ""
        : new Seal(provider, Tree.string(item, "id"), content).signature();
  }

  /// Reads an item of the output; those of tools that ran at the provider are nothing to the
  /// client, for none were offered.
  ///
  /// @return whether the model refuses to answer
  private boolean read(JsonNode item, List<Said> content) {
    return switch (Tree.string(item, "type")) {
      case "message" -> message(item, content);
      case "reasoning" -> {
        var thought = new ArrayList<String>();
        for (var list : List.of("summary", "content")) {
          Tree.array(item, list).forEach(part -> thought.add(Tree.string(part, "text")));
        }
        var seal = seal(provider, item);
        if (!seal.isEmpty() || !thought.isEmpty()) {
          var text = String.join(ResponsesEvents.PARAGRAPH, thought);
          content.add(new Said.Thought(text, seal.isEmpty() ? null : seal, null));
        }
        yield false;
      }
      case "function_call" -> {
        var arguments = Tree.string(item, "arguments");
        content.add(
            new Said.Call(
                Tree.string(item, "call_id"),
                Tree.string(item, "name"),
                arguments.isBlank() ? "{}" : arguments));
        yield false;
      }
      default -> false;
    };
  }

  private static boolean message(JsonNode item, List<Said> content) {
    boolean refused = false;
    for (var part : Tree.array(item, "content")) {
      refused |= Tree.string(part, "type").equals("refusal");
      var text = Tree.string(part, "text") + Tree.string(part, "refusal");
      if (!text.isEmpty()) {
        content.add(new Said.Text(text));
      }
    }
    return refused;
  }
}
