package io.faregate.call;

import io.faregate.money.LargestRemainder;
import java.util.function.ToLongFunction;

/// An amount of input by segment: tokens, or bytes where the name says so.
public record Segments(
    long system, long user, long documents, long history, long tools, long toolResults) {
  /// Nothing in any segment.
  public static final Segments NONE = new Segments(0, 0, 0, 0, 0, 0);

  public Segments {
    if (system < 0 || user < 0 || documents < 0 || history < 0 || tools < 0 || toolResults < 0) {
      throw new IllegalArgumentException("a segment is not negative");
    }
  }

  /// What is said of each segment, in the order of [Segment].
  public static Segments of(ToLongFunction<Segment> amount) {
    return new Segments(
        amount.applyAsLong(Segment.SYSTEM),
        amount.applyAsLong(Segment.USER),
        amount.applyAsLong(Segment.DOCUMENTS),
        amount.applyAsLong(Segment.HISTORY),
        amount.applyAsLong(Segment.TOOLS),
        amount.applyAsLong(Segment.TOOL_RESULTS));
  }

  /// The whole input.
  public long total() {
    return system + user + documents + history + tools + toolResults;
  }

  /// Both together.
  public Segments plus(Segments other) {
    return new Segments(
        system + other.system,
        user + other.user,
        documents + other.documents,
        history + other.history,
        tools + other.tools,
        toolResults + other.toolResults);
  }

  /// The amount of one segment.
  public long of(Segment segment) {
    return switch (segment) {
      case SYSTEM -> system;
      case USER -> user;
      case DOCUMENTS -> documents;
      case HISTORY -> history;
      case TOOLS -> tools;
      case TOOL_RESULTS -> toolResults;
    };
  }

  /// This with another amount of history, as after dropping the oldest turns.
  public Segments withHistory(long other) {
    return new Segments(system, user, documents, other, tools, toolResults);
  }

  /// The same proportions with another total, rounded so that the parts add up to it. A total
  /// without proportions (an empty estimate) is all counted as user input.
  public Segments scaledTo(long total) {
    if (total() == 0) {
      return new Segments(0, total, 0, 0, 0, 0);
    }
    var parts = LargestRemainder.split(total, system, user, documents, history, tools, toolResults);
    return new Segments(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  }
}
