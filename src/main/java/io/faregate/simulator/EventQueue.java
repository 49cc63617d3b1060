package io.faregate.simulator;

import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Line.Kind;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Tongue;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The events of one stream in order, with those that a [Conduct] adds and without those that it
/// leaves out.
final class EventQueue {
  private final List<Line> lines;
  private int next;
  private int produced;

  private EventQueue(List<Line> lines) {
    this.lines = lines;
  }

  static EventQueue of(Tongue tongue, Sale sale, Conduct conduct) {
    List<Line> lines = new ArrayList<>(tongue.stream(sale));
    if (conduct.doneMissing) {
      lines.removeIf(line -> line.kind() == Kind.TERMINAL);
    }
    if (conduct.errorInside()) {
      keep(lines, conduct.errorAfter);
      int before = lines.size();
      lines.add(
          silent(() -> tongue.errorEvent(sale, Decline.ofStatus(500), before), Kind.TERMINAL));
    }
    if (conduct.hugeBytes > 0 && !lines.isEmpty()) {
      lines.add(1, silent(() -> tongue.hugeEvent(sale, conduct.hugeBytes), Kind.FRAME));
    }
    return new EventQueue(lines);
  }

  private static Line silent(Supplier<Buffer> bytes, Kind kind) {
    return new Line(kind, 0, Line.Tells.NOTHING, bytes);
  }

  /// Drops what follows that many events with content.
  private static void keep(List<Line> lines, int contentEvents) {
    int content = 0;
    for (int i = 0; i < lines.size(); i++) {
      Kind kind = lines.get(i).kind();
      content += kind == Kind.CONTENT ? 1 : 0;
      if (content > contentEvents || kind == Kind.CLOSING || kind == Kind.TERMINAL) {
        lines.subList(i, lines.size()).clear();
        return;
      }
    }
  }

  boolean hasNext() {
    return next < lines.size();
  }

  /// How many tokens are produced once the next event is sent.
  int tokensDue() {
    return produced + lines.get(next).tokens();
  }

  Line next() {
    Line line = lines.get(next++);
    produced += line.tokens();
    return line;
  }
}
