package io.faregate.main;

import io.faregate.call.Api;
import io.faregate.config.Configuration;
import io.faregate.config.ProviderSettings;
import io.faregate.config.Reading;
import io.faregate.config.Secret;
import io.faregate.config.yaml.Problem;
import io.faregate.gateway.Header;
import io.faregate.policy.Policy;
import io.faregate.provider.Endpoint;
import io.faregate.provider.Manner;
import io.faregate.provider.Way;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration in force. A changed file replaces policy and providers at once for the calls
/// that begin from then on; a bad one changes nothing and is remembered, so that console, log and
/// metric can say so. So are changes of what is made once, at start. Any thread may ask.
final class InForce {
  private static final Logger LOG = LoggerFactory.getLogger(InForce.class);

  /// What a running process does not change, by its key in the file.
  private static final Map<String, Function<Configuration, @Nullable Object>> MADE_AT_START =
      Map.of(
          "timezone", file -> file.policy().zone().normalized(),
          "server.host", file -> file.settings().server().host(),
          "server.port", file -> file.settings().server().port(),
          "server.tls", file -> file.settings().server().tls(),
          "server.callers", file -> file.settings().server().callers(),
          "server.admin.host", file -> file.settings().server().admin().host(),
          "server.admin.port", file -> file.settings().server().admin().port(),
          "journal", file -> file.settings().journal(),
          "store.keep", file -> file.settings().store().keep());

  private static final String TOKEN = "server.admin.token";

  private final InstantSource clock;
  private final Configuration started;
  private volatile State state;
  private volatile Consumer<Configuration> whenTaken = _ -> {};

  /// What holds now, and how the last attempt to change it went.
  ///
  /// @param loadedAt when the configuration was loaded
  /// @param problems of the last reading; errors among them mean that it was not taken
  /// @param waiting keys whose changes take effect at the next start, in the order of the alphabet
  record State(
      Configuration configuration,
      Map<String, Endpoint> endpoints,
      Instant loadedAt,
      boolean lastReadingTaken,
      List<Problem> problems,
      List<String> waiting) {}

  InForce(Configuration configuration, List<Problem> problems, InstantSource clock) {
    this.clock = clock;
    this.started = configuration;
    this.state = taken(configuration, problems, asksForToken(configuration));
  }

  Policy policy() {
    return state.configuration().policy();
  }

  /// The zone of all windows, which is that of the start.
  ZoneId zone() {
    return started.policy().zone();
  }

  Map<String, Endpoint> endpoints() {
    return state.endpoints();
  }

  State state() {
    return state;
  }

  /// Tells a listener of each configuration that is taken from now on, before calls meet it.
  void whenTaken(Consumer<Configuration> listener) {
    whenTaken = listener;
  }

  /// Takes a reading of the changed file, unless it has errors.
  void accept(Reading reading) {
    var configuration = reading.configuration();
    if (configuration == null) {
      var kept = state;
      state =
          new State(
              kept.configuration(),
              kept.endpoints(),
              kept.loadedAt(),
              false,
              reading.problems(),
              kept.waiting());
      LOG.atError()
          .addKeyValue("policy", policy().version())
          .addKeyValue("problems", reading.problems().stream().map(Problem::toString).toList())
          .log("the changed configuration has errors; the old one stays in force");
      return;
    }
    whenTaken.accept(configuration);
    var asked = asksForToken(state.configuration()) || state.waiting().contains(TOKEN);
    state = taken(configuration, reading.problems(), asked);
    LOG.atInfo().addKeyValue("policy", policy().version()).log("configuration in force");
    if (!state.waiting().isEmpty()) {
      LOG.atWarn().addKeyValue("keys", state.waiting()).log("changes that wait for a restart");
    }
  }

  private static boolean asksForToken(Configuration configuration) {
    return configuration.settings().server().admin().token() != null;
  }

  /// @param asked whether the admin port has asked for a token until now
  private State taken(Configuration configuration, List<Problem> problems, boolean asked) {
    var waiting = waiting(configuration);
    // Another token is asked for at once; to ask for none is left to a start, which looks who may.
    if (asked && !asksForToken(configuration)) {
      waiting.add(TOKEN);
    }
    return new State(
        configuration,
        endpoints(configuration),
        clock.instant(),
        true,
        problems,
        List.copyOf(waiting));
  }

  private NavigableSet<String> waiting(Configuration configuration) {
    var waiting = new TreeSet<String>();
    MADE_AT_START.forEach((key, value) -> {
      if (!Objects.equals(value.apply(started), value.apply(configuration))) {
        waiting.add(key);
      }
    });
    return waiting;
  }

  private Map<String, Endpoint> endpoints(Configuration configuration) {
    var endpoints = new HashMap<String, Endpoint>();
    for (var provider : configuration.settings().providers()) {
      endpoints.put(provider.name(), endpoint(provider));
    }
    return Map.copyOf(endpoints);
  }

  private Endpoint endpoint(ProviderSettings provider) {
    var keys = provider.keys().stream().map(key -> (Supplier<String>) key::reveal).toList();
    var headers = headers(provider.headers());
    var manner =
        switch (provider.api()) {
          case OPENAI, OPENAI_CHAT ->
              provider.azure()
                  ? Manner.azure(provider.byDeployment(), provider.apiVersion())
                  : Manner.OPENAI;
          case ANTHROPIC -> Manner.ANTHROPIC;
          case GEMINI -> Manner.GEMINI;
          case BEDROCK -> Manner.bedrock(Objects.requireNonNull(provider.region()), clock);
        };
    if (provider.api() == Api.ANTHROPIC && provider.apiVersion() != null) {
      headers.add(new Header("anthropic-version", provider.apiVersion()));
    }
    var way = new Way(provider.url(), provider.proxy(), provider.ca());
    return new Endpoint(way, manner, keys, headers);
  }

  private static List<Header> headers(Map<String, Secret> secrets) {
    var headers = new ArrayList<Header>(secrets.size() + 1);
    secrets.forEach(
        (name, value) -> headers.add(new Header(name.toLowerCase(Locale.ROOT), value.reveal())));
    return headers;
  }
}
