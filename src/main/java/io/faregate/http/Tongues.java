package io.faregate.http;

import io.faregate.dialect.Dialect;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiEmbeddings;
import io.faregate.dialect.openai.OpenAiResponses;
import io.vertx.core.http.HttpServerRequest;

/// The dialects that clients speak: which one a request is read in, and which one it is answered in
/// when it asks for nothing that there is.
final class Tongues {
  private final Dialect chat = new OpenAiChat();
  private final Dialect responses = new OpenAiResponses();
  private final Dialect embeddings = new OpenAiEmbeddings();
  private final AnthropicMessages messages = new AnthropicMessages();
  private final AnthropicMessages betaMessages = AnthropicMessages.beta();

  /// The dialect of a request to that address.
  Dialect of(Paths.Route route, HttpServerRequest request) {
    return switch (route) {
      case CHAT -> chat;
      case RESPONSES -> responses;
      case EMBEDDINGS -> embeddings;
      case MESSAGES -> messages(request);
      case COUNT -> messages(request).counting();
      case MODELS, MODEL, LATER -> anthropic(request) ? messages : chat;
    };
  }

  /// The dialect of an error, whatever was asked for.
  Dialect ofErrors(HttpServerRequest request) {
    var path = request.path() == null ? "" : request.path();
    var route = Paths.route(path);
    if (route.isPresent()) {
      return of(route.get(), request);
    }
    return path.contains("/messages") || anthropic(request) ? messages : chat;
  }

  /// Whether the client was written for Anthropic, as its headers tell. Source: CLIENTS §1.
  static boolean anthropic(HttpServerRequest request) {
    var headers = request.headers();
    return headers.contains("anthropic-version") || headers.contains("x-api-key");
  }

  private AnthropicMessages messages(HttpServerRequest request) {
    return "beta=true".equals(request.query()) ? betaMessages : messages;
  }
}
