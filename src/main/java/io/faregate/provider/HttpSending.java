package io.faregate.provider;

import io.faregate.gateway.Header;
import io.faregate.gateway.Providers;
import io.faregate.wire.Bodies;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One attempt under way on one event loop. After it was cancelled the listener hears nothing more,
/// and whatever still arrives is discarded with its connection.
final class HttpSending implements Providers.Sending {
  private static final long CANCELLED = 0x8;
  private static final int TOO_MANY = 429;

  private final Providers.Listener listener;
  private final byte[] body;
  private final Keys.@Nullable Use key;
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private boolean over;

  /// @param key that is used, or null for none
  HttpSending(Providers.Listener listener, byte[] body, Keys.@Nullable Use key) {
    this.listener = listener;
    this.body = body;
    this.key = key;
  }

  void connected(HttpClientRequest connected) {
    request = connected;
    if (over) {
      reset(connected);
      return;
    }
    connected.response().onComplete(this::answered, this::lost);
    connected.end(Bodies.buffer(body)).onFailure(this::lost);
  }

  void unconnected(Throwable cause) {
    if (!over) {
      over = true;
      listener.failed(false, "no connection could be made: " + what(cause));
    }
  }

  @Override
  public boolean sent() {
    return request != null;
  }

  @Override
  public boolean leavesAnotherKey() {
    return key != null && key.leavesAnother();
  }

  @Override
  public void limited(@Nullable Duration pause) {
    if (key != null) {
      key.limited(pause);
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      if (request != null) {
        reset(request);
      }
    }
  }

  @Override
  public void pause() {
    if (response != null && !over) {
      response.pause();
    }
  }

  @Override
  public void resume() {
    if (response != null && !over) {
      response.resume();
    }
  }

  private void answered(HttpClientResponse answer) {
    if (over) {
      return;
    }
    if (answer.statusCode() / 100 == 1) {
      noAnswer(answer);
      return;
    }
    response = answer;
    var headers = headers(answer);
    if (answer.statusCode() == TOO_MANY) {
      limited(Header.retryAfter(headers));
    }
    listener.head(answer.statusCode(), headers);
    answer.exceptionHandler(this::lost);
    answer.handler(piece -> {
      if (!over) {
        listener.piece(Bodies.bytes(piece));
      }
    });
    answer.endHandler(_ -> {
      if (!over) {
        over = true;
        listener.end();
      }
    });
  }

  /// Ends the connection: what still comes on it would be taken for the answer to somebody else.
  private void noAnswer(HttpClientResponse interim) {
    over = true;
    var _ = interim.request().connection().close();
    listener.failed(
        true,
        "the provider answered with status %d, which is no answer".formatted(interim.statusCode()));
  }

  private void lost(Throwable cause) {
    if (!over) {
      over = true;
      listener.failed(true, "the connection to the provider broke: " + what(cause));
    }
  }

  /// Closes the connection: the provider hears at once that nobody listens.
  private static void reset(HttpClientRequest request) {
    request.reset(CANCELLED).onFailure(_ -> request.connection().close());
  }

  private static List<Header> headers(HttpClientResponse answer) {
    var headers = new ArrayList<Header>(8);
    answer
        .headers()
        .forEach((name, value) -> headers.add(new Header(name.toLowerCase(Locale.ROOT), value)));
    return headers;
  }

  /// The sort of failure, where what the library says of it does not tell that by itself. Neither
  /// holds a body or a header; what is said of an illegal header, which may be a key, is left out.
  private static String what(Throwable cause) {
    var sort = cause.getClass().getSimpleName();
    var said = cause.getMessage();
    if (said == null || cause instanceof IllegalArgumentException) {
      return sort;
    }
    var plain = cause instanceof SocketException || cause instanceof UnknownHostException;
    return plain ? said : sort + ": " + said;
  }
}
