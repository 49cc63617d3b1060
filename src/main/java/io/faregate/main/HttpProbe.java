package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.ModelId;
import io.faregate.cli.port.ProviderProbe;
import io.faregate.config.Configuration;
import io.faregate.config.ProviderSettings;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.carry.Cargo;
import io.faregate.dialect.carry.Carriages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.http.VertxTime;
import io.faregate.provider.HttpProviders;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Sends an empty request as calls are sent: with the same connection, address, key and signature.
/// Who knows the key finds fault with the request instead.
final class HttpProbe implements ProviderProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int NOT_FOUND = 404;
  private static final byte[] NOTHING = "{}".getBytes(UTF_8);
  private static final String CALL =
      "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final InstantSource clock;

  HttpProbe(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<String> trouble(Configuration configuration, ProviderSettings provider) {
    var model =
        configuration.policy().models().keySet().stream()
            .filter(id -> id.provider().equals(provider.name()))
            .findFirst()
            .orElse(new ModelId(provider.name(), "any"));
    var carriage = carriage(provider, model);
    var headers = new ArrayList<Header>();
    carriage.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    var outbound = new Outbound(model, carriage.path(), headers, NOTHING);
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      var heard = new Heard(carriage);
      var endpoints = new InForce(configuration, List.of(), clock).endpoints();
      vertx.runOnContext(_ -> {
        var providers = new HttpProviders(vertx, () -> endpoints, new VertxTime(vertx, clock));
        var _ = providers.send(outbound, heard);
      });
      return heard.trouble(provider.url());
    } finally {
      var _ = Wiring.await(vertx.close());
    }
  }

  private Carriage carriage(ProviderSettings provider, ModelId model) {
    var dialect = new OpenAiChat();
    var changes = new Body.Changes(model.name(), 0, null);
    var body = dialect.read(CALL.getBytes(UTF_8));
    var cargo = new Cargo(body, changes, "call_probe", clock.instant(), model.provider(), null);
    return Carriages.of(dialect, provider.api(), cargo);
  }

  /// What the provider says.
  private static final class Heard implements Providers.Listener {
    private final Carriage carriage;
    private final CompletableFuture<Optional<String>> trouble = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    Heard(Carriage carriage) {
      this.carriage = carriage;
    }

    @Override
    public void head(int said, List<Header> headers) {
      status = said;
    }

    @Override
    public void piece(byte[] bytes) {
      if (body.size() < MOST_BYTES) {
        body.writeBytes(bytes);
      }
    }

    @Override
    public void end() {
      var ours =
          status >= 400
              && carriage.refused(status, body.toByteArray()).meaning() == ProviderError.OURS;
      var _ =
          trouble.complete(
              ours
                  ? Optional.of("it answers %d: %s".formatted(status, what(status)))
                  : Optional.empty());
    }

    private static String what(int status) {
      return status == NOT_FOUND
          ? "there is nothing at that address, or not that model"
          : "it refuses our key, or the key has no quota";
    }

    @Override
    public void failed(boolean sent, String message) {
      var _ = trouble.complete(Optional.of(message));
    }

    Optional<String> trouble(URI url) {
      try {
        return trouble.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      } catch (CompletionException slow) {
        var perhaps = "https".equals(url.getScheme()) ? "; perhaps its port speaks no TLS" : "";
        return Optional.of("it does not answer within " + PATIENCE.toSeconds() + " s" + perhaps);
      }
    }
  }
}
