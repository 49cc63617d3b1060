package io.faregate.dialect.openai;

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

/// OpenAI Embeddings, which are never streamed. Source: Embeddings API reference.
public final class OpenAiEmbeddings implements Dialect {
  @Override
  public Protocol protocol() {
    return Protocol.EMBEDDINGS;
  }

  @Override
  public Body read(byte[] body) {
    return new EmbeddingsBodyReader(body).read();
  }

  @Override
  public Answer answer(byte[] body, Asked asked) {
    var usage = ChatUsage.ofEmbeddings();
    var chunk = new ChatChunk(usage);
    chunk.read(body, 0, body.length);
    var failure = chunk.failure;
    if (failure == null && !chunk.embeddings) {
      failure = "not_an_embedding";
    }
    return new Answer(
        usage.reported(),
        usage.contradicts(),
        chunk.model,
        Service.at(chunk.serviceTier),
        0,
        0,
        failure == null,
        failure);
  }

  /// A provider that streams all the same is read like one of Chat.
  @Override
  public StreamReader stream(Asked asked) {
    return new ChatStream(true);
  }

  @Override
  public byte[] error(Failure failure) {
    return OpenAiErrors.body(failure);
  }

  @Override
  public byte[] streamError(Failure failure) {
    return error(failure);
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
    return new byte[0];
  }

  @Override
  public String path() {
    return "/embeddings";
  }
}
