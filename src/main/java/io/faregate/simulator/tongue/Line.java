package io.faregate.simulator.tongue;

import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/// One event of a streamed answer, written when its time comes.
///
/// @param tokens how many tokens it shows
/// @param bytes it with its framing
public record Line(Kind kind, int tokens, Tells tells, Supplier<Buffer> bytes) {
  /// Where in the answer an event stands: around the content, content, what tells how the answer
  /// ended, and the terminal event of the dialect.
  public enum Kind {
    FRAME,
    CONTENT,
    CLOSING,
    TERMINAL
  }

  /// Whether an event tells what is billed so far.
  public enum Tells {
    NOTHING,
    USAGE,
    WRONG_USAGE
  }

  static Tells tells(Reported reported) {
    return reported.right() ? Tells.USAGE : Tells.WRONG_USAGE;
  }
}
