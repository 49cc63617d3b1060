package io.faregate.dialect.translate;

import io.faregate.dialect.Carriage;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.translate.hub.Terms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Client and provider speak different dialects: what goes and what comes back is written anew.
public final class Translated implements Carriage {
  private final Translation translation;
  private final Translation.Request request;
  private final Terms terms;

  /// One attempt.
  ///
  /// @param body as it would be forwarded to a provider of the client's own dialect, with all
  ///   changes made
  /// @throws DialectException if something in it cannot be carried; its param names the field
  public Translated(Translation translation, byte[] body, Stamp stamp) {
    this.translation = translation;
    this.request = translation.request(body);
    this.terms =
        new Terms(request.prompt(), stamp.usageAsked(), stamp.call(), stamp.createdAtSeconds());
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public Map<String, String> headers() {
    return translation.headers();
  }

  @Override
  public byte[] body() {
    return request.body();
  }

  @Override
  public boolean straight() {
    return false;
  }

  @Override
  public @Nullable StreamReader stream(String contentType) {
    return contentType.startsWith(translation.streamType()) ? translation.stream(terms) : null;
  }

  @Override
  public Carried answer(byte[] bytes) {
    var reply = translation.read(bytes);
    return new Carried(reply.answer(), translation.write(reply, terms));
  }

  @Override
  public ProviderError providerError(int status, byte[] bytes) {
    return translation.trouble(status, bytes).meaning();
  }

  @Override
  public byte[] error(int status, byte[] bytes) {
    return translation.error(translation.trouble(status, bytes));
  }

  /// The HTTP status of a provider's error, as the client's dialect has it.
  public int status(int status, byte[] bytes) {
    return translation.status(translation.trouble(status, bytes));
  }

  @Override
  public List<String> warnings() {
    return request.warnings();
  }

  /// What an answer is written with besides what the model said.
  ///
  /// @param usageAsked whether the client wants usage at the end of a stream
  /// @param call our id of the call, where the provider gives its answer none
  /// @param createdAtSeconds when the call came, in seconds since 1970
  public record Stamp(boolean usageAsked, String call, long createdAtSeconds) {}
}
