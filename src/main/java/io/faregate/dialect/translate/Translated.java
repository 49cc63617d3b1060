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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Client and provider speak different dialects: what goes and what comes back is written anew.
public final class Translated implements Carriage {
  private final ClientSide client;
  private final ProviderSide provider;
  private final ProviderSide.Letter letter;
  private final Terms terms;

  /// One attempt.
  ///
  /// @param body as it would be forwarded to a provider of the client's own dialect, with all
  ///   changes made
  /// @throws DialectException if something in it cannot be carried; its message and param name the
  ///   field
  public Translated(Protocol protocol, Api api, byte[] body, Stamp stamp) {
    client = client(protocol);
    provider = provider(api, stamp.mostOutput());
    var prompt = client.prompt(Tree.parse(body), api);
    letter = provider.letter(prompt);
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

  private static ProviderSide provider(Api api, @Nullable Long mostOutput) {
    return switch (api) {
      case OPENAI, OPENAI_CHAT -> new OpenAiProvider();
      case ANTHROPIC -> new AnthropicProvider(mostOutput);
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
        ? new TranslatedStream(provider.stream(), client, terms)
        : null;
  }

  @Override
  public Carried answer(byte[] bytes) {
    try {
      var reply = provider.answer(bytes);
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
  /// the dialect calls it.
  private static boolean isError(byte[] bytes) {
    try {
      var root = Tree.parse(bytes);
      return root.hasNonNull("error")
          && root.valueStream().noneMatch(member -> member.isArray() && !member.isEmpty());
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
  /// @param mostOutput what the model can write, in tokens; null when nobody said
  public record Stamp(
      boolean usageAsked, String call, long createdAtSeconds, @Nullable Long mostOutput) {}
}
