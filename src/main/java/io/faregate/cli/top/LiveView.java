package io.faregate.cli.top;

import io.faregate.cli.report.Moment;
import io.faregate.cli.report.TopText;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Draws a server again each second, until someone quits. Used by one thread.
final class LiveView {
  private static final long SECOND = 1_000;

  private final Screen screen;
  private final ZoneId zone;
  private final boolean ansi;
  private final Supplier<Moment> server;
  private String trouble = "";
  private boolean paused;
  private boolean help;

  /// @param server asks it how it is, which may fail with a [CliException]
  LiveView(Screen screen, ZoneId zone, boolean ansi, Supplier<Moment> server) {
    this.screen = screen;
    this.zone = zone;
    this.ansi = ansi;
    this.server = server;
  }

  /// Runs until a key ends it.
  ///
  /// @param first what to show at once
  void run(Moment first) {
    var moment = first;
    while (true) {
      screen.draw(lines(moment));
      var key = Key.of(screen.key(SECOND));
      if (key.isPresent()) {
        switch (key.get()) {
          case QUIT -> {
            return;
          }
          case HELP -> help = !help;
          case PAUSE -> paused = !paused;
          case REFRESH -> moment = next(moment);
        }
      } else if (!paused) {
        moment = next(moment);
      }
    }
  }

  /// How the server is now, or was when it last answered.
  private Moment next(Moment last) {
    try {
      var next = server.get();
      trouble = "";
      return next;
    } catch (CliException silent) {
      trouble = String.valueOf(silent.getMessage());
      return last;
    }
  }

  private List<String> lines(Moment moment) {
    var text = new StringWriter();
    var page =
        new Terminal(
            new PrintWriter(text), new PrintWriter(new StringWriter()), ansi, screen.columns());
    var room = screen.rows() - 1;
    if (help) {
      Key.all().forEach(page::data);
    } else {
      new TopText(page, zone, room).print(moment);
    }
    var lines =
        text.toString().lines().limit(room).collect(Collectors.toCollection(ArrayList::new));
    while (lines.size() < room) {
      lines.add("");
    }
    lines.add(foot(page));
    return lines;
  }

  private String foot(Terminal page) {
    if (!trouble.isEmpty()) {
      return page.red(Terminal.plain(trouble));
    }
    return page.dim((paused ? "paused   " : "") + Key.line());
  }
}
