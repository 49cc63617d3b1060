package io.faregate.dialect.anthropic;

import io.faregate.dialect.Cursor;
import io.faregate.dialect.ReportedUsage;
import io.faregate.money.Service;
import io.faregate.money.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `usage` of Anthropic Messages as it comes by: whole, or at the beginning of a stream and
/// cumulative at its end. The last value of each field holds, none ever decreases, and nothing is
/// summed. `input_tokens` excludes what the cache read or wrote. Source: FORMULAS §1.2.
final class MessagesUsage {
  private static final long ABSURD = 1L << 40;

  private final boolean hourlyCache;
  private long input = -1;
  private long output = -1;
  private long read;
  private long written;
  private long written5m;
  private long written1h;
  private boolean absurd;
  private @Nullable String serviceTier;
  private boolean fast;
  private @Nullable String geo;
  private @Nullable String first;
  private @Nullable String last;

  /// @param hourlyCache how long what was written is kept, if only its sum is told
  MessagesUsage(boolean hourlyCache) {
    this.hourlyCache = hourlyCache;
  }

  /// Reads the value of a `usage` member; anything but an object says nothing.
  void read(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    int from = cursor.start();
    cursor.members(name -> member(name, cursor));
    last = ReportedUsage.raw(cursor.bytes(), from, cursor.end());
    first = first == null ? last : first;
  }

  /// Whether anything was reported at all.
  boolean seen() {
    return last != null;
  }

  /// How it was served.
  Service service() {
    return Service.at(fast ? "fast" : serviceTier).within(geo);
  }

  /// The usage; empty, which is not zero, if there was none or it cannot be.
  Optional<ReportedUsage> reported() {
    if (first == null || last == null || absurd || input < 0 || output < 0) {
      return Optional.empty();
    }
    var unnamed = Math.max(0, written - written5m - written1h);
    var usage =
        new Usage(
            input,
            read,
            written5m + (hourlyCache ? 0 : unnamed),
            written1h + (hourlyCache ? unnamed : 0),
            output,
            0);
    var raw = first.equals(last) ? last : "[" + first + "," + last + "]";
    return Optional.of(new ReportedUsage(usage, raw, null));
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "input_tokens" -> input = count(input, cursor);
      case "output_tokens" -> output = count(output, cursor);
      case "cache_read_input_tokens" -> read = count(read, cursor);
      case "cache_creation_input_tokens" -> written = count(written, cursor);
      case "cache_creation" -> creation(cursor);
      case "service_tier" -> serviceTier = word(serviceTier, cursor);
      case "inference_geo" -> geo = word(geo, cursor);
      case "speed" -> {
        fast |= cursor.string().equals("fast");
        cursor.skip();
      }
      default -> cursor.skip();
    }
  }

  private static @Nullable String word(@Nullable String before, Cursor cursor) {
    if (cursor.atString()) {
      return cursor.string();
    }
    cursor.skip();
    return before;
  }

  private void creation(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "ephemeral_5m_input_tokens" -> written5m = count(written5m, cursor);
        case "ephemeral_1h_input_tokens" -> written1h = count(written1h, cursor);
        default -> cursor.skip();
      }
    });
  }

  private long count(long before, Cursor cursor) {
    if (cursor.atNull()) {
      return before;
    }
    var count = cursor.number();
    if (count < 0 || count > ABSURD) {
      absurd = true;
      return before;
    }
    return Math.max(before, count);
  }
}
