package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.StreamReader;
import io.faregate.money.Service;
import org.jspecify.annotations.Nullable;

/// OpenAI Chat Completions. Source: Chat Completions API reference; CLIENTS §4 and §6.
public final class OpenAiChat implements Dialect {
  private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(UTF_8);

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
    var failure = chunk.failure;
    if (failure == null && !chunk.completion) {
      failure = "not_a_completion";
    }
    return new Answer(
        usage.reported(),
        usage.contradicts(),
        chunk.model,
        Service.at(chunk.serviceTier),
        chunk.textBytes,
        0,
        failure == null,
        failure);
  }

  @Override
  public StreamReader stream(Asked asked) {
    return new ChatStream(asked.usage());
  }

  @Override
  public byte[] error(Failure failure) {
    return OpenAiErrors.body(failure);
  }

  @Override
  public byte[] streamError(Failure failure) {
    return ("data: " + new String(error(failure), UTF_8) + "\n\n").getBytes(UTF_8);
  }

  @Override
  public Carriage.@Nullable Refused errorIn(byte[] answer) {
    return OpenAiErrors.inPlaceOfChat(answer);
  }

  @Override
  public ProviderError providerError(int status, byte[] body) {
    return OpenAiErrors.meaning(status, body);
  }

  @Override
  public byte[] keepAlive() {
    return KEEP_ALIVE.clone();
  }

  @Override
  public String path() {
    return "/chat/completions";
  }
}
