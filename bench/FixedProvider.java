import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// A provider that costs next to nothing: every call gets the same 2 KB answer, or the same stream
/// of 50 events with usage at the end, from bytes made at start. It listens on loopback.
///
/// Run by `bench/run` as `java -cp 'target/lib/*' bench/FixedProvider.java PORT`.
final class FixedProvider {
  private static final int EVENTS = 50;

  /// Between two events of a stream, as a quick model writes.
  private static final int GAP_MILLIS = 10;

  private static final String USAGE =
      """
      {"prompt_tokens":500,"completion_tokens":450,"total_tokens":950}\
      """;

  private static final Buffer ANSWER =
      Buffer.buffer(
          """
          {"id":"chatcmpl-fixed","object":"chat.completion","created":1780000000,"model":"fixed",\
          "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
          "finish_reason":"stop"}],"usage":%s}\
          """
              .formatted("word ".repeat(360), USAGE));

  private static final Buffer EVENT = event("{\"content\":\"some words \"}", "null", "null");
  private static final Buffer END = event("{}", "\"stop\"", USAGE).appendString("data: [DONE]\n\n");

  private final Vertx vertx;

  private FixedProvider(Vertx vertx) {
    this.vertx = vertx;
  }

  public static void main(String[] arguments) {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var options = new HttpServerOptions().setHost("127.0.0.1").setTcpNoDelay(true);
    int port = Integer.parseInt(arguments[0]);
    vertx
        .createHttpServer(options.setPort(port))
        .requestHandler(new FixedProvider(vertx)::answer)
        .listen()
        .onSuccess(server -> System.out.println("listening http://127.0.0.1:%d/v1".formatted(port)))
        .onFailure(cause -> {
          System.err.println("bench: the provider cannot listen: " + cause.getMessage());
          System.exit(1);
        });
  }

  private void answer(HttpServerRequest request) {
    var response = request.response();
    request
        .body()
        .onSuccess(body -> {
          if (body.toString().contains("\"stream\":true")) {
            response.setChunked(true).putHeader("content-type", "text/event-stream");
            stream(response);
          } else {
            response.putHeader("content-type", "application/json").end(ANSWER);
          }
        });
  }

  private void stream(HttpServerResponse response) {
    var written = new int[1];
    vertx.setPeriodic(
        GAP_MILLIS,
        timer -> {
          if (response.closed()) {
            vertx.cancelTimer(timer);
          } else if (++written[0] < EVENTS) {
            response.write(EVENT);
          } else {
            vertx.cancelTimer(timer);
            response.end(END);
          }
        });
  }

  private static Buffer event(String delta, String finish, String usage) {
    return Buffer.buffer(
        """
        data: {"id":"chatcmpl-fixed","object":"chat.completion.chunk","created":1780000000,\
        "model":"fixed","choices":[{"index":0,"delta":%s,"finish_reason":%s}],"usage":%s}

        """
            .formatted(delta, finish, usage));
  }
}
