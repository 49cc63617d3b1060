package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.cli.port.BodyReader;
import io.faregate.cli.port.Servers;
import io.faregate.cli.port.StoreOpener;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.ConfigReader;
import io.faregate.config.ConfigWatch;
import io.faregate.config.Configuration;
import io.faregate.config.Environment;
import io.faregate.config.Reading;
import io.faregate.config.Settings;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.journal.JournalException;
import io.faregate.journal.JournalTail;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Position;
import io.faregate.simulator.SimulatedProvider;
import io.faregate.simulator.Turns;
import io.faregate.store.duckdb.DuckDbLedger;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;

/// What the command line cannot do itself, because it would have to know everybody: serve,
/// simulate, open a store, read a body.
final class Commands implements Servers, StoreOpener, BodyReader {
  /// The property that the configuration of the log reads.
  private static final String LOG_TARGET = "faregate.log.target";

  private final Terminal terminal;

  Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int serve(ServeOptions options) {
    var environment = Environment.of(options.config());
    var reading = ConfigReader.read(options.config(), environment);
    reading.problems().forEach(problem -> terminal.note(problem.toString()));
    if (reading.configuration() == null) {
      terminal.note(
          "not started; mend what is named above, `faregate check` looks without starting");
      return ExitCode.BAD_CONFIGURATION;
    }
    var policy = reading.configuration().policy();
    var server = reading.configuration().settings().server();
    if (policy.keys().isEmpty() && !server.isLoopback()) {
      terminal.note(
          "not started; without keys nobody may call on %s, `faregate keys new` makes one"
              .formatted(server.host()));
      return ExitCode.BAD_CONFIGURATION;
    }
    var prices = policy.prices();
    var clock = InstantSource.system();
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (prices.isOld(today)) {
      terminal.note(
          "the prices were last checked on %s, %d days ago; `faregate prices check` says more"
              .formatted(prices.date(), prices.age(today)));
    }
    var configuration = withPorts(reading.configuration(), options);
    var moved = configuration.settings().server();
    requireApart(moved.port(), moved.admin().port());
    try (var wiring =
            new Wiring(configuration, options.data(), clock, options.acceptJournalLoss());
        var executor = Executors.newSingleThreadScheduledExecutor();
        var watch =
            new ConfigWatch(
                options.config(),
                environment,
                changed -> wiring.inForce().accept(withPorts(changed, options)))) {
      // The file may have changed since it was read for the start.
      wiring.inForce().accept(withPorts(watch.first(), options));
      watch.start(executor);
      terminal.data("ready " + wiring.url());
      terminal.data("admin " + wiring.adminUrl());
      Serving.untilAsked(wiring, () -> {});
      return ExitCode.FINE;
    } catch (JournalException taken) {
      throw notStarted(taken);
    }
  }

  @Override
  public int demo(DemoOptions options) {
    requireApart(options.port(), options.adminPort());
    var given = options.data();
    var data = given == null ? temporary() : given;
    Runnable tidying = given == null ? () -> Demo.remove(data) : () -> {};
    var server = "{ port: %d, admin: { port: %d } }".formatted(options.port(), options.adminPort());
    var log = logTo(data);
    try (var demo = new Demo(data, server)) {
      demo.play();
      terminal.data(DemoText.of(demo.wiring(), data, log));
      Serving.untilAsked(demo.wiring(), tidying);
      return ExitCode.FINE;
    } catch (JournalException taken) {
      throw notStarted(taken);
    } finally {
      // Reached if it did not start.
      tidying.run();
    }
  }

  @Override
  public Stage stage() {
    var data = temporary();
    var _ = logTo(data);
    return new DemoStage(new Demo(data, "{ port: 0, admin: { port: 0 } }"), data);
  }

  @Override
  public int sim(SimOptions options) {
    var turns = options.script() == null ? Turns.NONE : turns(options.script());
    var vertx = Vertx.vertx();
    var settings =
        SimulatedProvider.Settings.named(options.name())
            .withAddress(options.host(), options.port())
            .withSeed(options.seed())
            .withLatency(options.firstByte(), options.perToken())
            .withHabits(SimulatedProvider.Habits.USUAL.withAnswerTokens(options.answerTokens()))
            .withTurns(turns);
    var provider =
        new Address(options.host(), options.port(), "--host", "--port")
            .listening(SimulatedProvider.start(vertx, settings));
    terminal.data("listening " + provider.url());
    terminal.data("bill " + provider.url().replace("/v1", "/sim/bill"));
    Serving.untilAsked((Runnable) provider::close);
    return ExitCode.FINE;
  }

  private static Turns turns(Path script) {
    try {
      return Turns.read(Files.readString(script, UTF_8));
    } catch (IOException unreadable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot read the script %s; is there such a file?".formatted(script),
          unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          "%s: %s; docs/simulator.md shows one".formatted(script, wrong.getMessage()),
          wrong);
    }
  }

  @Override
  public Optional<Ledger> open(Path data) {
    var file = data.resolve(Wiring.LEDGER_FILE);
    var ledger = DuckDbLedger.openExisting(DuckDbLedger.Settings.of(file));
    ledger.ifPresent(open -> sayWhatIsMissing(data, open.watermark()));
    return ledger.map(open -> open);
  }

  private void sayWhatIsMissing(Path data, Position stored) {
    // Nobody else has the store open, so the file is of a server that died.
    if (ServerFile.isIn(data)
        || JournalTail.goesBeyond(data.resolve(Wiring.JOURNAL_FOLDER), stored)) {
      terminal.note(
          """
          the server on %s did not stop in order: what it did last, and what it had under way, is \
          in its journal and not in its store yet, and is missing here; `faregate serve` brings it \
          in when it starts\
          """
              .formatted(data));
    }
  }

  @Override
  public ReadBody read(byte[] body) {
    var read = new OpenAiChat().read(body);
    return new ReadBody(read.demand(), read.work());
  }

  private static CliException notStarted(JournalException why) {
    return new CliException(ExitCode.UNREACHABLE, String.valueOf(why.getMessage()), why);
  }

  /// Sends log lines away from the screen, unless whoever started the JVM has said where. This
  /// works as long as nothing has been logged.
  private static String logTo(Path data) {
    var target = System.getProperty(LOG_TARGET);
    if (target != null) {
      return target;
    }
    try {
      Files.createDirectories(data);
    } catch (IOException unwritable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "cannot make the folder %s; name another one with --data".formatted(data),
          unwritable);
    }
    var file = data.resolve("demo.log").toString();
    System.setProperty(LOG_TARGET, file);
    return file;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("faregate-demo-");
    } catch (IOException full) {
      throw new UncheckedIOException("make a temporary folder for the demo; or give --data", full);
    }
  }

  /// Two listeners on one port would share its connections between them.
  private static void requireApart(int port, int adminPort) {
    if (port == adminPort && port != 0) {
      throw new CliException(
          ExitCode.USAGE,
          "data port and admin port are both %d; choose another one with --port or --admin-port"
              .formatted(port));
    }
  }

  private static Reading withPorts(Reading reading, ServeOptions options) {
    var configuration = reading.configuration();
    return configuration == null
        ? reading
        : new Reading(withPorts(configuration, options), reading.problems(), reading.files());
  }

  private static Configuration withPorts(Configuration configuration, ServeOptions options) {
    var settings = configuration.settings();
    var server = settings.server();
    var admin = server.admin();
    var port = options.port() == null ? server.port() : options.port();
    var adminPort = options.adminPort() == null ? admin.port() : options.adminPort();
    var moved =
        new Settings.Server(
            server.host(),
            port,
            server.tls(),
            new Settings.Admin(admin.host(), adminPort, admin.token()),
            server.callers());
    return new Configuration(
        configuration.policy(),
        new Settings(moved, settings.journal(), settings.store(), settings.providers()));
  }
}
