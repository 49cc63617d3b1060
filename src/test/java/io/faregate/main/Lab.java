package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.Json;
import io.faregate.config.ConfigReader;
import io.faregate.config.Configuration;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.ledger.Ledger;
import io.faregate.simulator.Bill;
import io.faregate.simulator.SimulatedProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/// A whole gateway on real sockets between a client and simulated providers, in one process.
public final class Lab implements AutoCloseable {
  /// How long a test waits for what has to come.
  public static final Duration A_WHILE = Duration.ofSeconds(30);

  static final InstantSource CLOCK = InstantSource.system();

  /// Two providers, two tiers, and prices as [io.faregate.simulator.SimulatedModel#defaults] has
  /// them.
  public static final String POLICY =
      """
      providers:
        alpha: { api: openai, url: "@alpha", key: test }
        beta:  { api: openai, url: "@beta", key: test }
      models:
        alpha/gpt-5.4-nano: &nano
          window: 400k
          price: { input: 0.2, cache_read: 0.02, output: 1.25 }
        beta/gpt-5.4-nano: *nano
        beta/gpt-5.4: { window: 1050k, price: { input: 2.5, cache_read: 0.25, output: 15 } }
      tiers:
        low:      { models: [alpha/gpt-5.4-nano, beta/gpt-5.4-nano] }
        balanced: { models: [beta/gpt-5.4] }
      tasks:
        faq: { tier: low, fallback: balanced, because: "cheap first" }
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final SimulatedProviders providers;
  private final Wiring wiring;

  /// @param names of the providers to simulate
  /// @param policy YAML in which `@name` stands for the URL of a provider
  public Lab(Path data, List<String> names, String policy) {
    this(data, names, policy, settings -> settings);
  }

  /// @param habits changes the settings of every provider
  public Lab(
      Path data,
      List<String> names,
      String policy,
      UnaryOperator<SimulatedProvider.Settings> habits) {
    providers = new SimulatedProviders(names, habits);
    wiring = new Wiring(read(providers.in(policy), data), data, CLOCK);
  }

  /// What the admin port tells Prometheus.
  public String metrics() {
    return get(wiring.adminUrl() + "/metrics").body();
  }

  static Configuration read(String text, Path root) {
    var environment = new Environment(Map.of(), root, Catalogue.builtIn());
    var reading = ConfigReader.read("faregate.yaml", text, environment);
    if (reading.configuration() == null) {
      throw new IllegalArgumentException(reading.problems().toString());
    }
    return reading.configuration();
  }

  Wiring wiring() {
    return wiring;
  }

  /// The base URL for clients, with `/v1`.
  public String url() {
    return wiring.url();
  }

  /// The URL of the admin port.
  public String adminUrl() {
    return wiring.adminUrl();
  }

  /// The provider of that name.
  public SimulatedProvider provider(String name) {
    return providers.get(name);
  }

  /// What the providers bill, in the order of their names.
  public List<Bill> bills() {
    return providers.bills();
  }

  /// What all providers bill together, in nano-dollars.
  public long billNanoUsd() {
    return providers.billed();
  }

  /// The ledger with everything that has happened.
  public Ledger ledger() {
    if (!wiring.stored(A_WHILE)) {
      throw new IllegalStateException("the store did not catch up");
    }
    return wiring.ledger().orElseThrow();
  }

  /// Ends the gateway and leaves the providers.
  public void stopServing() {
    wiring.close();
  }

  /// Waits until every call is over, here and at the providers. No further one is let in.
  public void awaitQuiet() {
    if (!wiring.drain(A_WHILE)) {
      throw new IllegalStateException("calls are still under way");
    }
    providers.awaitQuiet();
  }

  /// What the admin port says of everything so far.
  public Document audit() {
    return audit(wiring);
  }

  static Document audit(Wiring wiring) {
    var always = "/api/v1/audit?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
    return Document.of(Json.read(get(wiring.adminUrl() + always).body()));
  }

  /// Asks a URL and waits for the answer.
  static HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(A_WHILE).build());
  }

  /// Sends a Chat body and waits for the answer.
  public HttpResponse<String> chat(String body, String... headers) {
    return post("/chat/completions", body, headers);
  }

  /// Sends a body to an address below `/v1` and waits for the answer.
  public HttpResponse<String> post(String path, String body, String... headers) {
    var request = request(path, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /// Sends a Chat body whose answer breaks off: its head, and what came of it before the connection
  /// closed.
  ///
  /// @throws AssertionError if the answer ends as a whole one does
  Broken chatThatBreaks(String body) {
    return postThatBreaks("/chat/completions", body);
  }

  /// Sends a body to any address whose answer breaks off.
  ///
  /// @throws AssertionError if the answer ends as a whole one does
  public Broken postThatBreaks(String path, String body) {
    var answer = send(request(path, body).build(), HttpResponse.BodyHandlers.ofPublisher());
    var seen = new ByteArrayOutputStream();
    // A stream of the library forgets what it has not read yet when the connection breaks.
    var reader =
        HttpResponse.BodySubscribers.ofByteArrayConsumer(
            piece -> piece.ifPresent(seen::writeBytes));
    answer.body().subscribe(reader);
    try {
      var _ = reader.getBody().toCompletableFuture().join();
    } catch (CompletionException brokenOff) {
      return new Broken(answer, seen.toString(UTF_8));
    }
    throw new AssertionError("the answer ended as if it were whole: " + seen.toString(UTF_8));
  }

  /// An answer that broke off.
  public record Broken(HttpResponse<?> head, String body) {}

  private HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(A_WHILE)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
  }

  /// Asks a question that leaves the model to the policy; markers of the simulator go into it.
  public HttpResponse<String> ask(String text, String... headers) {
    return chat(
        "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(text),
        headers);
  }

  /// Sends any request and waits for the answer.
  public static HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return CLIENT.send(request, body);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  @Override
  public void close() {
    wiring.close();
    providers.close();
  }
}
