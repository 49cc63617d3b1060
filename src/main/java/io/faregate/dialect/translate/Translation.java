package io.faregate.dialect.translate;

import io.faregate.dialect.Body;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.bedrock.BedrockProvider;
import io.faregate.dialect.gemini.GeminiProvider;
import io.faregate.dialect.translate.client.ChatClient;
import io.faregate.dialect.translate.client.ChatPrompt;
import io.faregate.dialect.translate.client.MessagesClient;
import io.faregate.dialect.translate.client.MessagesPrompt;
import io.faregate.dialect.translate.client.ResponsesClient;
import io.faregate.dialect.translate.client.ResponsesPrompt;
import io.faregate.dialect.translate.hub.ClientKind;
import io.faregate.dialect.translate.hub.ClientSide;
import io.faregate.dialect.translate.hub.Prompt;
import io.faregate.dialect.translate.hub.ProviderKind;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.dialect.translate.provider.AnthropicProvider;
import io.faregate.dialect.translate.provider.OpenAiProvider;
import java.util.ArrayList;
import java.util.List;

/// Carries calls of one client dialect to one kind of provider, and the answers back. Where both
/// speak the same dialect nothing is translated: bodies are forwarded as they are.
public final class Translation {
  private final ClientKind clientKind;
  private final ProviderKind providerKind;
  private final ClientSide client;
  private final ProviderSide provider;

  /// Between that dialect and that kind of provider.
  public Translation(ClientKind clientKind, ProviderKind providerKind) {
    if (isSame(clientKind, providerKind)) {
      throw new IllegalArgumentException(
          clientKind.word() + " is forwarded to " + providerKind.word() + " as it is");
    }
    this.clientKind = clientKind;
    this.providerKind = providerKind;
    this.client =
        switch (clientKind) {
          case CHAT -> new ChatClient();
          case RESPONSES -> new ResponsesClient();
          case MESSAGES -> new MessagesClient();
        };
    this.provider =
        switch (providerKind) {
          case OPENAI -> new OpenAiProvider();
          case ANTHROPIC -> new AnthropicProvider();
          case GEMINI -> new GeminiProvider();
          case BEDROCK -> new BedrockProvider();
        };
  }

  /// Whether a kind of provider speaks the dialect itself.
  public static boolean isSame(ClientKind client, ProviderKind provider) {
    return (client == ClientKind.CHAT && provider == ProviderKind.OPENAI)
        || (client == ClientKind.MESSAGES && provider == ProviderKind.ANTHROPIC);
  }

  /// The request for the provider.
  ///
  /// @throws DialectException if the body is not what it should be or cannot be carried; its param
  ///   names the field
  public Request request(byte[] body, Body.Changes changes) {
    var read = Tree.parse(body);
    var prompt =
        switch (clientKind) {
          case CHAT -> ChatPrompt.read(read, providerKind);
          case RESPONSES -> ResponsesPrompt.read(read, providerKind);
          case MESSAGES -> MessagesPrompt.read(read, providerKind);
        };
    var changed = prompt.changed(changes.model(), changes.turnsTrimmed(), changes.outputCap());
    var letter = provider.letter(changed);
    var warnings = new ArrayList<>(changed.warnings());
    warnings.addAll(letter.warnings());
    return new Request(letter.path(), Tree.bytes(letter.body()), warnings, changed);
  }

  /// Reads a whole answer.
  ///
  /// @throws DialectException if it is not what it should be
  public Reply read(byte[] answer) {
    return provider.answer(answer);
  }

  /// A whole answer for the client.
  public byte[] write(Reply reply, Terms terms) {
    return client.answer(reply, terms);
  }

  /// A reader for one streamed answer, which relays it in the client's dialect.
  public StreamReader stream(Terms terms) {
    return new TranslatedStream(provider.stream(), client.stream(terms));
  }

  /// Reads a provider's error.
  public Trouble trouble(int status, byte[] body) {
    return provider.error(status, body);
  }

  /// The body of a provider's error for the client.
  public byte[] error(Trouble trouble) {
    return client.error(trouble);
  }

  /// The HTTP status of a provider's error for the client.
  public int status(Trouble trouble) {
    return client.status(trouble);
  }

  /// A request for a provider.
  ///
  /// @param path below the provider's base URL, with its query
  /// @param warnings what was changed or dropped, for the client to see
  /// @param prompt what is asked, to write the answer with
  @SuppressWarnings("ArrayRecordComponent") // sent and never compared
  public record Request(String path, byte[] body, List<String> warnings, Prompt prompt) {
    public Request {
      warnings = List.copyOf(warnings);
    }
  }
}
