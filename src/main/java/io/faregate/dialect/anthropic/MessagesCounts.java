package io.faregate.dialect.anthropic;

import io.faregate.dialect.CountReader;
import io.faregate.dialect.Cursor;
import io.faregate.money.Usage;

/// The counts of a usage object of Anthropic Messages, or of one of the iterations in it. The last
/// value of each holds, and none ever decreases. `input_tokens` excludes what the cache read or
/// wrote. Source: FORMULAS §1.2.
final class MessagesCounts {
  private final CountReader counts = new CountReader();

  private long input = -1;
  private long output = -1;
  private long read;
  private long written;
  private long written5m;
  private long written1h;
  private long thought;

  /// Reads the value of a member, whatever it is.
  void member(String name, Cursor cursor) {
    switch (name) {
      case "input_tokens" -> input = counts.last(input, cursor);
      case "output_tokens" -> output = counts.last(output, cursor);
      case "cache_read_input_tokens" -> read = counts.last(read, cursor);
      case "cache_creation_input_tokens" -> written = counts.last(written, cursor);
      case "cache_creation" -> creation(cursor);
      case "output_tokens_details" -> details(cursor);
      default -> cursor.skip();
    }
  }

  /// Whether input and output were told, and nothing that cannot be.
  boolean complete() {
    return !counts.metAbsurdity() && input >= 0 && output >= 0;
  }

  /// The tokens in disjoint kinds; what was not told is none. Those of thoughts are found by
  /// counting once more, which may differ a little, so they are no more than all of the output.
  ///
  /// @param hourlyCache how long what was written is kept, if only its sum is told
  Usage usage(boolean hourlyCache) {
    var unnamed = Math.max(0, written - written5m - written1h);
    var said = Math.max(0, output);
    return new Usage(
        Math.max(0, input),
        read,
        written5m + (hourlyCache ? 0 : unnamed),
        written1h + (hourlyCache ? unnamed : 0),
        said,
        Math.min(thought, said));
  }

  private void creation(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "ephemeral_5m_input_tokens" -> written5m = counts.last(written5m, cursor);
        case "ephemeral_1h_input_tokens" -> written1h = counts.last(written1h, cursor);
        default -> cursor.skip();
      }
    });
  }

  private void details(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("thinking_tokens")) {
        thought = counts.last(thought, cursor);
      } else {
        cursor.skip();
      }
    });
  }
}
