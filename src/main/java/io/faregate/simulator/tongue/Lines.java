package io.faregate.simulator.tongue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Puts the events of a stream together, and the usage that the sale's [UsageHabit] puts between
/// them.
public final class Lines {
  private final Sale sale;
  private final Function<Reported, Buffer> usage;
  private final List<Line> lines = new ArrayList<>();
  private int produced;

  /// `usage` writes an event that tells usage and nothing else.
  public Lines(Sale sale, Function<Reported, Buffer> usage) {
    this.sale = sale;
    this.usage = usage;
  }

  /// An event around the content.
  public void frame(Supplier<Buffer> bytes) {
    lines.add(new Line(Line.Kind.FRAME, 0, Line.Tells.NOTHING, bytes));
  }

  /// Content of that many tokens.
  public void content(int tokens, Supplier<Buffer> bytes) {
    produced += tokens;
    lines.add(new Line(Line.Kind.CONTENT, tokens, Line.Tells.NOTHING, bytes));
    if (repeats() && tokens > 0) {
      Reported now = sale.reported(produced, false);
      lines.add(new Line(Line.Kind.FRAME, 0, Line.tells(now), () -> usage.apply(now)));
    }
  }

  /// What comes between content and ending: usage, if it is early.
  public void contentEnds() {
    if (sale.usageHabit() == UsageHabit.EARLY) {
      Reported all = sale.reported();
      lines.add(new Line(Line.Kind.CLOSING, 0, Line.tells(all), () -> usage.apply(all)));
    }
  }

  /// An event after the content.
  public void closing(Supplier<Buffer> bytes) {
    lines.add(new Line(Line.Kind.CLOSING, 0, Line.Tells.NOTHING, bytes));
  }

  /// An event after the content that tells usage, if `told`.
  public void closing(boolean told, Supplier<Buffer> bytes) {
    lines.add(new Line(Line.Kind.CLOSING, 0, tells(told), bytes));
  }

  /// The terminal event; it tells usage, if `told`.
  public void terminal(boolean told, Supplier<Buffer> bytes) {
    lines.add(new Line(Line.Kind.TERMINAL, 0, tells(told), bytes));
  }

  public List<Line> list() {
    return lines;
  }

  /// Whether the usual place of usage has it.
  public boolean usageAtEnd() {
    return sale.usageHabit() != UsageHabit.MISSING && sale.usageHabit() != UsageHabit.EARLY;
  }

  private boolean repeats() {
    return sale.usageHabit() == UsageHabit.CUMULATIVE || sale.usageHabit() == UsageHabit.DECREASING;
  }

  private Line.Tells tells(boolean told) {
    return told ? Line.tells(sale.reported()) : Line.Tells.NOTHING;
  }
}
