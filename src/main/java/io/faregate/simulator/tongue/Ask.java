package io.faregate.simulator.tongue;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the simulator needs of one call, whatever dialect it came in.
///
/// @param talk has read all messages
/// @param usageAsked whether a stream shall tell its usage
/// @param maxTokens the smallest of all limits, or `Integer.MAX_VALUE`
/// @param schema of a structured answer, or null for prose
/// @param topLogprobs alternatives per token; -1 without logprobs
/// @param purpose what is asked for
/// @param thinks whether the client asks the model to reason
/// @param cacheMarked whether the client marks what is to be cached; else the provider caches
/// @param user the client's name for its user, or empty
/// @param serviceTier the tier served: the dialect's usual one unless the client names another
/// @param body what the dialect itself wants to know again when it answers
public record Ask(
    String model,
    Talk talk,
    boolean streamed,
    boolean usageAsked,
    int choices,
    int maxTokens,
    Tools tools,
    @Nullable JsonNode schema,
    int topLogprobs,
    Purpose purpose,
    boolean thinks,
    boolean cacheMarked,
    String user,
    String serviceTier,
    JsonNode body) {
  /// What is asked for: an answer, vectors, or only how many tokens the prompt has, which is free.
  public enum Purpose {
    ANSWER,
    VECTORS,
    COUNT
  }

  /// What a tongue fills in before it makes the [Ask].
  public static final class Draft {
    private final Talk talk;
    public String model = "";
    public boolean streamed;
    public boolean usageAsked = true;
    public int choices = 1;
    public int maxTokens = Integer.MAX_VALUE;
    public Tools tools = Tools.NONE;
    public @Nullable JsonNode schema;
    public int topLogprobs = -1;
    public Purpose purpose = Purpose.ANSWER;
    public boolean thinks;
    public boolean cacheMarked;
    public String user = "";
    public String serviceTier = "default";
    public JsonNode body = JsonNodeFactory.instance.objectNode();

    public Draft(Talk talk) {
      this.talk = talk;
    }

    public Ask ask() {
      return new Ask(
          model,
          talk,
          streamed,
          usageAsked,
          choices,
          maxTokens,
          tools,
          schema,
          topLogprobs,
          purpose,
          thinks,
          cacheMarked,
          user,
          serviceTier,
          body);
    }
  }
}
