package io.faregate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.simulator.SimulatedProvider;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProvidersTest {
  private static final ModelId MODEL = new ModelId("alpha", "gpt-5.4-nano");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHeaderThatCannotBeSentFailsTheAttemptAtOnceAndIsNotShown() throws Exception {
    var settings = SimulatedProvider.Settings.named("alpha");
    var provider =
        SimulatedProvider.start(vertx, settings)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    var url = URI.create(provider.url());
    var endpoint = new Endpoint(url, Manner.OPENAI, List.of(() -> "sk-secret\n"), List.of());
    var providers = new HttpProviders(vertx, () -> Map.of("alpha", endpoint));
    var outbound = new Outbound(MODEL, "/chat/completions", List.of(), "{}".getBytes(UTF_8));
    var heard = new Heard();

    var _ = providers.send(outbound, heard);

    assertThat(heard.failure.get(30, TimeUnit.SECONDS)).doesNotContain("secret");
    assertThat(heard.sent).isFalse();
  }

  /// Waits for a failure.
  private static final class Heard implements Providers.Listener {
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private volatile boolean sent;

    @Override
    public void head(int status, List<Header> headers) {
      failure.completeExceptionally(new AssertionError("an answer, " + status));
    }

    @Override
    public void piece(byte[] bytes) {}

    @Override
    public void end() {}

    @Override
    public void failed(boolean sent, String message) {
      this.sent = sent;
      failure.complete(message);
    }
  }
}
