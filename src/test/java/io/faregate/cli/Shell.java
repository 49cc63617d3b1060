package io.faregate.cli;

import io.faregate.audit.SampleCalls;
import io.faregate.cli.port.BodyReader.ReadBody;
import io.faregate.cli.port.Outside;
import io.faregate.cli.port.Servers;
import io.faregate.cli.port.StoreOpener;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Json;
import io.faregate.cli.terminal.Terminal;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The real command line with a captured terminal. The folder `calls` holds the sample call, the
/// folder `broken` a store that cannot be opened, and no other folder holds anything.
public final class Shell {
  private static final Instant NOW = SampleCalls.AT.plus(Duration.ofHours(3));

  private final Map<String, String> variables = new HashMap<>();
  private final List<Record> started = new ArrayList<>();
  private StoreOpener stores = Shell::sample;
  private InstantSource clock = InstantSource.fixed(NOW);
  private final RandomGenerator chance = new Random(1);
  private @Nullable PrintWriter printer;
  private boolean ansi;
  private int columns;

  /// What a command printed, and how it ended.
  public record Answer(String out, String err, int exitCode) {
    /// The JSON object on standard output.
    public Map<String, @Nullable Object> json() {
      return Json.read(out);
    }
  }

  /// Sets an environment variable.
  public Shell with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /// Opens stores in another way, and lets time pass.
  public Shell with(StoreOpener opener, InstantSource time) {
    stores = opener;
    clock = time;
    return this;
  }

  /// Prints data onto that instead of keeping it.
  Shell printingTo(PrintWriter writer) {
    printer = writer;
    return this;
  }

  /// Prints to a screen with colours.
  public Shell onScreen(int width) {
    ansi = true;
    columns = width;
    return this;
  }

  /// Prints to a screen without colours.
  public Shell onPlainScreen(int width) {
    columns = width;
    return this;
  }

  /// What servers were asked to start.
  List<Record> started() {
    return List.copyOf(started);
  }

  /// Runs a command line.
  public Answer run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var data = printer == null ? new PrintWriter(out) : printer;
    var terminal = new Terminal(data, new PrintWriter(err), ansi, columns);
    var outside =
        new Outside(
            new Recorded(started),
            stores,
            Shell::body,
            (_, _) -> Optional.empty(),
            terminal,
            clock,
            chance,
            variables);
    var code = Faregate.run(arguments, outside);
    return new Answer(out.toString(), err.toString(), code);
  }

  private static ReadBody body(byte[] bytes) {
    var read = new OpenAiChat().read(bytes);
    return new ReadBody(read.demand(), read.work());
  }

  private static Optional<Ledger> sample(Path data) {
    return switch (data.toString()) {
      case "calls" -> {
        var ledger = new MemoryLedger();
        ledger.store(
            Entries.of(
                List.of(SampleCalls.refused(), SampleCalls.answered(), SampleCalls.call()),
                new Position(1, 1)));
        yield Optional.of(ledger);
      }
      case "broken" -> throw new StoreException("open broken/ledger.duckdb: it is no store");
      default -> Optional.empty();
    };
  }

  /// Remembers what it was asked to run.
  private record Recorded(List<Record> started) implements Servers {
    @Override
    public int serve(ServeOptions options) {
      started.add(options);
      return ExitCode.FINE;
    }

    @Override
    public int demo(DemoOptions options) {
      started.add(options);
      return ExitCode.FINE;
    }

    @Override
    public Stage stage() {
      throw new IllegalStateException("a shell has no stage; DoctorTest in main has");
    }

    @Override
    public int sim(SimOptions options) {
      started.add(options);
      return ExitCode.FINE;
    }
  }
}
