import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/// A reverse proxy of nothing but Vert.x: it takes a call whole, passes its body on and the answer
/// back as it comes. What it costs is what Faregate cannot go below on the same platform.
///
/// Run by `bench/run` as `java -cp 'target/lib/*' bench/BareProxy.java PORT PROVIDER_PORT`.
final class BareProxy extends AbstractVerticle {
  private final int port;
  private final int providerPort;

  private BareProxy(int port, int providerPort) {
    this.port = port;
    this.providerPort = providerPort;
  }

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    int providerPort = Integer.parseInt(arguments[1]);
    int loops = Runtime.getRuntime().availableProcessors();
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    vertx
        .deployVerticle(
            () -> new BareProxy(port, providerPort), new DeploymentOptions().setInstances(loops))
        .onFailure(cause -> {
          System.err.println("bench: the bare proxy cannot listen: " + cause.getMessage());
          System.exit(1);
        });
  }

  @Override
  public void start(Promise<Void> started) {
    var client =
        vertx.createHttpClient(
            new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(128));
    vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(port).setTcpNoDelay(true))
        .requestHandler(call -> pass(client, call))
        .listen()
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void pass(HttpClient client, HttpServerRequest call) {
    var onward =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(providerPort)
            .setURI(call.uri())
            .putHeader("content-type", "application/json");
    call.body()
        .compose(body -> client.request(onward).compose(request -> request.send(body)))
        .compose(answer -> {
          var reply = call.response().setStatusCode(answer.statusCode());
          reply.headers().setAll(answer.headers());
          return answer.pipeTo(reply);
        })
        .onFailure(cause -> call.connection().close());
  }
}
