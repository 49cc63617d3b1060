package io.faregate.cli.top;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/// The whole terminal, on its other screen, until it is closed. Used by one thread.
final class JlineScreen implements Screen, AutoCloseable {
  private static final int USUAL_ROWS = 24;
  private static final int USUAL_COLUMNS = 80;

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;

  private JlineScreen(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
    var raw = terminal.getAttributes();
    // Ctrl-C is a key like others here, so that the screen is always given back.
    raw.setLocalFlag(LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
    display = new Display(terminal, true);
  }

  /// Takes the screen of this process; empty if there is none that can be drawn on.
  static Optional<JlineScreen> open() {
    try {
      var terminal = TerminalBuilder.builder().system(true).dumb(false).build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(new JlineScreen(terminal));
    } catch (IOException | IllegalStateException none) {
      return Optional.empty();
    }
  }

  @Override
  public int rows() {
    return terminal.getRows() > 0 ? terminal.getRows() : USUAL_ROWS;
  }

  @Override
  public int columns() {
    return terminal.getColumns() > 0 ? terminal.getColumns() : USUAL_COLUMNS;
  }

  @Override
  public void draw(List<String> lines) {
    display.resize(Size.of(columns(), rows()));
    var fitting =
        lines.stream()
            .limit(rows())
            .map(line -> AttributedString.fromAnsi(line).columnSubSequence(0, columns()))
            .toList();
    display.update(fitting, 0);
  }

  @Override
  public int key(long millis) {
    try {
      return terminal.reader().read(millis);
    } catch (IOException gone) {
      // Without a keyboard nobody can end it any more.
      return 'q';
    }
  }

  @Override
  public void close() {
    terminal.puts(Capability.exit_ca_mode);
    terminal.puts(Capability.cursor_visible);
    terminal.flush();
    terminal.setAttributes(before);
    try {
      terminal.close();
    } catch (IOException _) {
      // The screen has been given back already; nothing is left to do.
    }
  }
}
