package io.faregate.dialect.carry;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.StreamReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Client and provider speak alike: the bytes stay as they are, but for the changes.
final class Straight implements Carriage {
  private final Dialect dialect;
  private final Body body;
  private final Body.Changes changes;

  Straight(Dialect dialect, Body body, Body.Changes changes) {
    this.dialect = dialect;
    this.body = body;
    this.changes = changes;
  }

  @Override
  public String path() {
    return dialect.path();
  }

  @Override
  public Map<String, String> headers() {
    return dialect.headers();
  }

  @Override
  public byte[] body() {
    return body.forProvider(changes);
  }

  @Override
  public boolean straight() {
    return true;
  }

  @Override
  public @Nullable StreamReader stream(String contentType) {
    return contentType.startsWith("text/event-stream") ? dialect.stream(body.asked()) : null;
  }

  @Override
  public Carried answer(byte[] bytes) {
    var answer = dialect.answer(bytes, body.asked());
    var refused = answer.failure() == null ? null : dialect.errorIn(bytes);
    return new Carried(answer, bytes, refused);
  }

  /// What is no answer of the dialect has no usage that could be read either.
  @Override
  public Answer spent(byte[] bytes) {
    return Answer.NOTHING;
  }

  @Override
  public Refused refused(int status, byte[] bytes) {
    return new Refused(dialect.providerError(status, bytes), status, bytes);
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
