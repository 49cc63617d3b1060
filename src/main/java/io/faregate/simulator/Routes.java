package io.faregate.simulator;

import io.faregate.simulator.anthropic.CountTongue;
import io.faregate.simulator.anthropic.MessagesTongue;
import io.faregate.simulator.bedrock.ConverseTongue;
import io.faregate.simulator.gemini.GeminiTongue;
import io.faregate.simulator.openai.ChatTongue;
import io.faregate.simulator.openai.EmbeddingsTongue;
import io.faregate.simulator.openai.ResponsesTongue;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Tongue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The addresses of the dialects. OpenAI's and Anthropic's are known with and without `/v1`, and
/// OpenAI's also as Azure writes them.
final class Routes {
  /// Which dialect an address speaks, and what the address says of the call; the model as it stands
  /// there, or empty.
  record Found(Tongue tongue, String encodedModel, String action) {
    /// @throws Decline 400, if its escapes are none
    String model() {
      try {
        return URLDecoder.decode(encodedModel, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException malformed) {
        throw Decline.badRequest(
            "the model `%s` in the address cannot be decoded".formatted(encodedModel));
      }
    }
  }

  private static final Pattern OPENAI =
      Pattern.compile(
          "(?:/v1|/openai|/openai/v1|/openai/deployments/(?<model>[^/]+))?"
              + "/(?<action>chat/completions|responses|embeddings)");
  private static final Pattern ANTHROPIC =
      Pattern.compile("(?:/v1)?/(?<action>messages|messages/count_tokens)");
  private static final Pattern GEMINI =
      Pattern.compile(
          "/v1(?:beta)?/models/(?<model>[^/:]+):(?<action>generateContent|streamGenerateContent)");
  private static final Pattern BEDROCK =
      Pattern.compile("/model/(?<model>[^/]+)/(?<action>converse|converse-stream)");

  private final Tongue chat = new ChatTongue();
  private final Tongue responses = new ResponsesTongue();
  private final Tongue embeddings = new EmbeddingsTongue();
  private final Tongue messages = new MessagesTongue();
  private final Tongue count = new CountTongue();
  private final Tongue gemini = new GeminiTongue();
  private final Tongue converse = new ConverseTongue();

  /// Null if nothing is there.
  @Nullable Found at(String path) {
    Matcher match = OPENAI.matcher(path);
    if (match.matches()) {
      return found(match, openAi(match.group("action")));
    }
    match = ANTHROPIC.matcher(path);
    if (match.matches()) {
      boolean counts = match.group("action").endsWith("count_tokens");
      return new Found(counts ? count : messages, "", match.group("action"));
    }
    match = GEMINI.matcher(path);
    if (match.matches()) {
      return found(match, gemini);
    }
    match = BEDROCK.matcher(path);
    return match.matches() ? found(match, converse) : null;
  }

  /// The dialect in which an unknown address is refused.
  Tongue of(String path, boolean anthropic) {
    if (path.startsWith("/model/")) {
      return converse;
    }
    return path.startsWith("/v1beta/") ? gemini : anthropic ? messages : chat;
  }

  private Tongue openAi(String action) {
    return switch (action) {
      case "responses" -> responses;
      case "embeddings" -> embeddings;
      default -> chat;
    };
  }

  private static Found found(Matcher match, Tongue tongue) {
    String model = match.group("model");
    return new Found(tongue, model == null ? "" : model, match.group("action"));
  }
}
