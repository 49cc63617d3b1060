package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.StreamReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI Chat Completions. Source: Chat Completions API reference; CLIENTS §4 and §6.
public final class OpenAiChat implements Dialect {
  private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(UTF_8);
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public Protocol protocol() {
    return Protocol.CHAT;
  }

  @Override
  public Body read(byte[] body) {
    return new ChatBodyReader(body).read();
  }

  @Override
  public Answer answer(byte[] body, Asked asked) {
    var usage = new ChatUsage();
    var chunk = new ChatChunk(usage);
    chunk.read(body, 0, body.length);
    return new Answer(
        usage.reported(),
        usage.seen() && usage.reported().isEmpty(),
        chunk.model,
        chunk.serviceTier,
        chunk.textBytes,
        0,
        chunk.failure == null,
        chunk.failure);
  }

  @Override
  public StreamReader stream(Asked asked) {
    return new ChatStream(asked.usage());
  }

  @Override
  public byte[] error(Failure failure) {
    return JSON.writeValueAsBytes(Map.of("error", document(failure)));
  }

  @Override
  public byte[] streamError(Failure failure) {
    return ("data: " + new String(error(failure), UTF_8) + "\n\n").getBytes(UTF_8);
  }

  @Override
  public ProviderError providerError(int status, byte[] body) {
    var code = code(body);
    if (code.equals("insufficient_quota")) {
      return ProviderError.OURS;
    }
    if (code.equals("context_length_exceeded")) {
      return ProviderError.CONTEXT_LENGTH;
    }
    return switch (status) {
      case 429 -> ProviderError.RATE_LIMITED;
      case 401, 402, 403, 404 -> ProviderError.OURS;
      case 408, 409 -> ProviderError.PASSING;
      default -> status >= 500 || status < 400 ? ProviderError.PASSING : ProviderError.CLIENTS;
    };
  }

  @Override
  public byte[] keepAlive() {
    return KEEP_ALIVE.clone();
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  /// The code of an error body, or an empty one.
  private static String code(byte[] body) {
    try {
      var chunk = new ChatChunk(new ChatUsage());
      chunk.read(body, 0, body.length);
      return chunk.failure == null ? "" : chunk.failure;
    } catch (DialectException notJson) {
      // A proxy's page rather than an error of the dialect: the status alone must do.
      return "";
    }
  }

  private static Map<String, @Nullable Object> document(Failure failure) {
    var error = new LinkedHashMap<String, @Nullable Object>();
    var call = failure.call() == null ? "" : " (" + failure.call() + ")";
    error.put("message", failure.message() + call);
    error.put("type", failure.type());
    error.put("param", failure.param());
    error.put("code", failure.code());
    return error;
  }
}
