package io.faregate.gateway.count;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.body.Gathered;
import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.gateway.Reply;
import io.faregate.gateway.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question for the size of a call. The provider that would serve it knows best; where it
/// cannot be asked, or does not answer, our own estimate does, and says that it is one.
public final class TokenCount implements Providers.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BODY = 64 * 1024;

  private final Reply reply;
  private final List<Header> headers;
  private final long estimate;
  private final Promise<Void> answered = Promise.promise();
  private final Gathered body = new Gathered();
  private Providers.@Nullable Sending sending;
  private Time.@Nullable Alarm alarm;
  private int status;
  private @Nullable String encoding;
  private boolean over;

  /// @param headers of the answer
  /// @param estimate tokens of input as the decision took them
  public TokenCount(Reply reply, List<Header> headers, long estimate) {
    this.reply = reply;
    this.headers = headers;
    this.estimate = estimate;
  }

  /// Asks a provider. The future completes when the client has its answer.
  public Future<Void> ask(Providers providers, Outbound outbound, Time time) {
    alarm = time.in(PATIENCE, this::giveUp);
    reply.whenGone(this::gone);
    sending = providers.send(outbound, this);
    return answered.future();
  }

  /// Answers with our own estimate.
  public Future<Void> estimate() {
    var text = "{\"input_tokens\":%d}".formatted(estimate);
    answer(200, "estimated", text.getBytes(US_ASCII));
    return answered.future();
  }

  @Override
  public void head(int status, List<Header> headers) {
    this.status = status;
    this.encoding = Header.value(headers, "content-encoding");
  }

  @Override
  public void piece(byte[] bytes) {
    if (body.length() + bytes.length > MAX_BODY) {
      giveUp();
    } else {
      body.add(bytes);
    }
  }

  @Override
  public void end() {
    if (status == 200 || status == 400 || status == 413) {
      answer(status, "provider", body.whole(encoding));
    } else {
      giveUp();
    }
  }

  @Override
  public void failed(boolean sent, String message) {
    giveUp();
  }

  private void giveUp() {
    cancel();
    var _ = estimate();
  }

  private void gone() {
    if (!over) {
      over = true;
      cancel();
      stop();
    }
  }

  private void cancel() {
    if (sending != null) {
      sending.cancel();
    }
  }

  private void answer(int status, String source, byte[] bytes) {
    if (over) {
      return;
    }
    over = true;
    var all = new ArrayList<>(headers);
    all.add(new Header("x-faregate-usage-source", source));
    reply.whole(status, all, bytes);
    stop();
  }

  private void stop() {
    if (alarm != null) {
      alarm.cancel();
    }
    answered.complete();
  }
}
