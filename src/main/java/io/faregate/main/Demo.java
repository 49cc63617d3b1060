package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.config.ConfigReader;
import io.faregate.config.Configuration;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.simulator.SimulatedProvider;
import io.faregate.simulator.traffic.SupportDay;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Faregate with simulated providers and the traffic of a support product: no key, no network and
/// no file is needed. The policy it runs on is written into its data directory, to be tried out.
final class Demo implements AutoCloseable {
  /// Its policy, in its data directory. The name is not that of anybody's own.
  static final String FILE = "demo.yaml";

  private static final List<String> PROVIDERS = List.of("openai", "anthropic", "google");
  private static final String POLICY = "/io/faregate/main/demo.yaml";
  private static final Duration FIRST_BYTE = Duration.ofMillis(120);
  private static final Duration PER_TOKEN = Duration.ofMillis(2);
  private static final Duration DAY = Duration.ofMinutes(10);
  private static final double CONVERSATIONS_PER_SECOND = 2;
  private static final long SEED = 20_261_124;

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

  private final Vertx vertx = Vertx.vertx();
  private final List<SimulatedProvider> providers = new ArrayList<>();
  private final Wiring wiring;
  private @Nullable SupportDay traffic;

  /// Starts the providers, then the gateway.
  ///
  /// @param server lines of the section `server` of the policy
  /// @throws CliException if the directory has records of others, or may not be written
  Demo(Path data, String server) {
    keepApart(data);
    var clock = InstantSource.system();
    var text = resource() + "server: " + server + "\n";
    var day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    var prices = read(text.replaceAll("@\\w+", "http://127.0.0.1:1/v1"), data).policy();
    for (var name : PROVIDERS) {
      var settings =
          SimulatedProvider.Settings.named(name)
              .withModels(Assortment.of(prices, name, day))
              .withSeed(SEED)
              .withLatency(FIRST_BYTE, PER_TOKEN);
      var provider = Wiring.await(SimulatedProvider.start(vertx, settings));
      providers.add(provider);
      text = text.replace("@" + name, provider.url());
    }
    // Another demo may run on the folder, which then stays as it is; a new one is marked as ours.
    var file = data.resolve(FILE);
    if (!Files.exists(file)) {
      write(file, text);
    }
    wiring = new Wiring(read(text, data), data, clock);
    write(file, text);
  }

  private static void keepApart(Path data) {
    if (Files.exists(data.resolve(Wiring.JOURNAL_FOLDER)) && !Files.exists(data.resolve(FILE))) {
      throw new CliException(
          ExitCode.USAGE,
          """
          %s has records that are not the demo's, and its invented calls would be counted among \
          them; name another folder with --data, or none\
          """
              .formatted(data));
    }
  }

  Wiring wiring() {
    return wiring;
  }

  /// Removes a temporary folder of a demo that is over, as far as that goes: whoever cleans up
  /// among temporary files finds the rest.
  static void remove(Path data) {
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException rest) {
      LOG.atWarn().setCause(rest).log("a temporary folder stays");
    }
  }

  /// Lets the customers in.
  void play() {
    var settings = new SupportDay.Settings(wiring.port(), CONVERSATIONS_PER_SECOND, DAY);
    traffic = SupportDay.begin(vertx, settings, new SplittableRandom(SEED));
  }

  @Override
  public void close() {
    if (traffic != null) {
      traffic.close();
    }
    wiring.close();
    providers.forEach(SimulatedProvider::close);
    var _ = vertx.close();
  }

  private static Configuration read(String text, Path root) {
    var environment = new Environment(Map.of(), root, Catalogue.builtIn());
    var reading = ConfigReader.read("demo.yaml", text, environment);
    if (reading.configuration() == null) {
      throw new IllegalStateException("the demo's own policy: " + reading.problems());
    }
    return reading.configuration();
  }

  private static String resource() {
    try (var policy = Demo.class.getResourceAsStream(POLICY)) {
      if (policy == null) {
        throw new IllegalStateException("this build lacks " + POLICY);
      }
      return new String(policy.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("read the demo's policy", unreadable);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text, UTF_8);
    } catch (IOException unwritable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot write %s; name a folder that may be written with --data".formatted(file),
          unwritable);
    }
  }
}
