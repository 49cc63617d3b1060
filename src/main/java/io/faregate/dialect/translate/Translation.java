package io.faregate.dialect.translate;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.bedrock.BedrockProvider;
import io.faregate.dialect.gemini.GeminiProvider;
import io.faregate.dialect.translate.client.ChatClient;
import io.faregate.dialect.translate.client.ChatPrompt;
import io.faregate.dialect.translate.client.MessagesClient;
import io.faregate.dialect.translate.client.MessagesPrompt;
import io.faregate.dialect.translate.client.ResponsesClient;
import io.faregate.dialect.translate.client.ResponsesPrompt;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.dialect.translate.provider.AnthropicProvider;
import io.faregate.dialect.translate.provider.OpenAiProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Carries calls of one client dialect to one kind of provider, and the answers back. Where both
/// speak the same dialect nothing is translated: bodies are forwarded as they are.
public final class Translation {
  private final Protocol protocol;
  private final Api api;
  private final ClientSide client;
  private final ProviderSide provider;

  /// Between that dialect and that kind of provider.
  public Translation(Protocol protocol, Api api) {
    if (!isTranslated(protocol, api)) {
      throw untranslated(protocol, api);
    }
    this.protocol = protocol;
    this.api = api;
    this.client =
        switch (protocol) {
          case CHAT -> new ChatClient();
          case RESPONSES -> new ResponsesClient();
          case MESSAGES -> new MessagesClient();
          case EMBEDDINGS -> throw untranslated(protocol, api);
        };
    this.provider =
        switch (api) {
          case OPENAI -> new OpenAiProvider();
          case ANTHROPIC -> new AnthropicProvider();
          case GEMINI -> new GeminiProvider();
          case BEDROCK -> new BedrockProvider();
        };
  }

  /// Whether calls of that dialect are translated to that kind of provider. Responses for the
  /// OpenAI kind may also be forwarded, if the provider serves them.
  public static boolean isTranslated(Protocol protocol, Api api) {
    return switch (protocol) {
      case CHAT -> api != Api.OPENAI;
      case RESPONSES -> true;
      case MESSAGES -> api != Api.ANTHROPIC;
      case EMBEDDINGS -> false;
    };
  }

  /// The request for the provider.
  ///
  /// @param body as it would be forwarded to a provider of the client's own dialect
  /// @throws DialectException if the body is not what it should be or cannot be carried; its param
  ///   names the field
  Request request(byte[] body) {
    var read = Tree.parse(body);
    var prompt =
        switch (protocol) {
          case CHAT -> ChatPrompt.read(read, api);
          case RESPONSES -> ResponsesPrompt.read(read, api);
          case MESSAGES -> MessagesPrompt.read(read, api);
          case EMBEDDINGS -> throw untranslated(protocol, api);
        };
    var letter = provider.letter(prompt);
    var warnings = new ArrayList<>(prompt.warnings());
    warnings.addAll(letter.warnings());
    return new Request(letter.path(), Tree.bytes(letter.body()), warnings, prompt);
  }

  /// The content type of the provider's streams.
  String streamType() {
    return provider.streamType();
  }

  /// Headers that the provider wants.
  Map<String, String> headers() {
    return provider.headers();
  }

  /// Reads a whole answer.
  ///
  /// @throws DialectException if it is not what it should be
  Reply read(byte[] answer) {
    return provider.answer(answer);
  }

  /// A whole answer for the client.
  byte[] write(Reply reply, Terms terms) {
    return client.answer(reply, terms);
  }

  /// A reader for one streamed answer, which relays it in the client's dialect.
  StreamReader stream(Terms terms) {
    return new TranslatedStream(provider.stream(), client.stream(terms));
  }

  /// Reads a provider's error.
  Trouble trouble(int status, byte[] body) {
    return provider.error(status, body);
  }

  /// The body of a provider's error for the client.
  byte[] error(Trouble trouble) {
    return client.error(trouble);
  }

  /// The HTTP status of a provider's error for the client.
  int status(Trouble trouble) {
    return client.status(trouble);
  }

  private static IllegalArgumentException untranslated(Protocol protocol, Api api) {
    return new IllegalArgumentException(
        "%s is not translated to %s".formatted(protocol.word(), api.word()));
  }

  /// A request for a provider.
  ///
  /// @param path below the provider's base URL, with its query
  /// @param warnings what was changed or dropped, for the client to see
  /// @param prompt what is asked, to write the answer with
  @SuppressWarnings("ArrayRecordComponent") // sent and never compared
  record Request(String path, byte[] body, List<String> warnings, Prompt prompt) {
    public Request {
      warnings = List.copyOf(warnings);
    }
  }
}
