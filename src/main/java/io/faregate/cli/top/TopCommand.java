package io.faregate.cli.top;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Period;
import io.faregate.cli.records.Records;
import io.faregate.cli.records.RunningServer;
import io.faregate.cli.report.Moment;
import io.faregate.cli.report.TopText;
import io.faregate.cli.terminal.ExitCode;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate top`.
@Command(
    name = "top",
    description = {
      "Shows a running server live: calls, spend against limits, fallbacks, refusals, slow calls.",
      "Without a terminal it prints once.",
      ""
    },
    footer = {"", "Example: faregate top --once"})
public final class TopCommand implements Callable<Integer> {
  private static final int ROWS = 32;

  private final Outside outside;

  @Mixin private final Records records = new Records();

  @Option(names = "--once", description = "Print once and end.")
  private boolean once;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone of all times (that of the server's policy).")
  private @Nullable String zone;

  @Option(names = "--json", description = "Print once, as JSON.")
  private boolean json;

  /// The command, not yet run.
  public TopCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var server = records.server("what happens now", outside);
    var shown = Period.zone(zone == null ? server.zone() : zone);
    var first = moment(server);
    var terminal = outside.terminal();
    if (json) {
      terminal.json(first.document().fields());
    } else if (once || terminal.columns() == 0 || !live(server, first, shown)) {
      new TopText(terminal, shown, ROWS).print(first);
    }
    return ExitCode.FINE;
  }

  /// Shows it until someone quits; false if there is no screen.
  private boolean live(RunningServer server, Moment first, ZoneId shown) {
    var opened = JlineScreen.open();
    if (opened.isEmpty()) {
      return false;
    }
    try (var screen = opened.get()) {
      new LiveView(screen, shown, outside.terminal().ansi(), () -> moment(server)).run(first);
    }
    return true;
  }

  private Moment moment(RunningServer server) {
    return new Moment(
        outside.clock().instant(),
        server.get("/api/v1/status"),
        server.list("/api/v1/limits"),
        server.get("/api/v1/audit?since=1h"),
        server.get("/api/v1/calls?limit=" + Moment.CALLS).list("calls"));
  }
}
