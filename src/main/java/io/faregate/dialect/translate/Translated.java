package io.faregate.dialect.translate;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.bedrock.BedrockProvider;
import io.faregate.dialect.gemini.GeminiProvider;
import io.faregate.dialect.translate.client.ChatClient;
import io.faregate.dialect.translate.client.MessagesClient;
import io.faregate.dialect.translate.client.ResponsesClient;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.dialect.translate.provider.AnthropicProvider;
import io.faregate.dialect.translate.provider.OpenAiProvider;
import io.faregate.dialect.translate.provider.ResponsesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Client and provider speak different dialects: what goes and what comes back is written anew.
public final class Translated implements Carriage {
  private static final String OFFERED = "tools";

  private final ClientSide client;
  private final ProviderSide provider;
  private final ProviderSide.Letter letter;
  private final Terms terms;

  /// The texts at which the answer ends and its provider does not stop.
  private final List<String> stops;

  /// One attempt.
  ///
  /// @param body as it would be forwarded to a provider of the client's own dialect, with all
  ///   changes made
  /// @throws DialectException if something in it cannot be carried; its message and param name the
  ///   field
  public Translated(Protocol protocol, Api api, byte[] body, Stamp stamp) {
    client = client(protocol);
    var asked = Tree.parse(body);
    var spoken = spoken(api, asked);
    provider = provider(spoken, stamp);
    var prompt = client.prompt(asked, spoken);
    letter = provider.letter(prompt);
    stops = provider.stopsAtTexts() ? List.of() : prompt.sampling().stop();
    terms = new Terms(prompt, stamp.usageAsked(), stamp.call(), stamp.createdAtSeconds());
  }

  private static ClientSide client(Protocol protocol) {
    return switch (protocol) {
      case CHAT -> new ChatClient();
      case RESPONSES -> new ResponsesClient();
      case MESSAGES -> new MessagesClient();
      case EMBEDDINGS -> throw new IllegalArgumentException("embeddings are not translated");
    };
  }

  /// Of OpenAI's models only those that think need Responses; for the others, and for all who speak
  /// like OpenAI, its Chat is what every server knows.
  private static Api spoken(Api api, ObjectNode asked) {
    return api == Api.OPENAI && !ResponsesProvider.takes(asked) ? Api.OPENAI_CHAT : api;
  }

  private static ProviderSide provider(Api api, Stamp stamp) {
    return switch (api) {
      case OPENAI -> new ResponsesProvider(stamp.provider());
      case OPENAI_CHAT -> new OpenAiProvider();
      case ANTHROPIC -> new AnthropicProvider(stamp.mostOutput());
      case GEMINI -> new GeminiProvider();
      case BEDROCK -> new BedrockProvider();
    };
  }

  @Override
  public String path() {
    return letter.path();
  }

  @Override
  public Map<String, String> headers() {
    return provider.headers();
  }

  @Override
  public byte[] body() {
    return Tree.bytes(letter.body());
  }

  @Override
  public boolean straight() {
    return false;
  }

  @Override
  public @Nullable StreamReader stream(String contentType) {
    return contentType.startsWith(provider.streamType())
        ? new TranslatedStream(StopTexts.cutting(provider.stream(), stops), client, terms)
        : null;
  }

  @Override
  public Carried answer(byte[] bytes) {
    try {
      var reply = StopTexts.cut(provider.answer(bytes), stops);
      return new Carried(reply.answer(), client.answer(reply, terms), null);
    } catch (DialectException noAnswer) {
      if (!isError(bytes)) {
        throw noAnswer;
      }
      var refused = refused(client, provider.error(0, bytes));
      return new Carried(spent(bytes), refused.body(), refused);
    }
  }

  /// Whether an error came in place of any content. What a model wrote stands in a list, whatever
  /// the dialect calls it; a response repeats the tools that it was offered.
  private static boolean isError(byte[] bytes) {
    try {
      var root = Tree.parse(bytes);
      return root.hasNonNull("error")
          && root.propertyStream()
              .filter(member -> !member.getKey().equals(OFFERED))
              .noneMatch(member -> member.getValue().isArray() && !member.getValue().isEmpty());
    } catch (DialectException notJson) {
      return false;
    }
  }

  @Override
  public Answer spent(byte[] bytes) {
    try {
      var spent = provider.spent(Tree.parse(bytes));
      var usage = Optional.ofNullable(spent.usage());
      return new Answer(usage, spent.contradicts(), null, spent.service(), 0, 0, false, null);
    } catch (DialectException notJson) {
      return Answer.NOTHING;
    }
  }

  @Override
  public Refused refused(int status, byte[] bytes) {
    var trouble = provider.error(status, bytes);
    return refused(client, trouble);
  }

  /// A provider's error as that client knows errors.
  static Refused refused(ClientSide client, Trouble trouble) {
    return new Refused(trouble.meaning(), client.status(trouble), client.error(trouble));
  }

  @Override
  public List<String> warnings() {
    var warnings = new ArrayList<>(terms.prompt().warnings());
    warnings.addAll(letter.warnings());
    return warnings;
  }

  /// What request and answer are written with besides what client and model said.
  ///
  /// @param usageAsked whether the client wants usage at the end of a stream
  /// @param call our id of the call, where the provider gives its answer none
  /// @param createdAtSeconds when the call came, in seconds since 1970
  /// @param provider its name in the policy
  /// @param mostOutput what the model can write, in tokens; null when nobody said
  public record Stamp(
      boolean usageAsked,
      String call,
      long createdAtSeconds,
      String provider,
      @Nullable Long mostOutput) {}
}
