package io.faregate.dialect.anthropic;

import io.faregate.dialect.Cursor;
import io.faregate.dialect.ReportedUsage;
import io.faregate.money.Service;
import io.faregate.money.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `usage` of Anthropic Messages as it comes by: whole, or at the beginning of a stream and
/// cumulative at its end. The last value of each field holds, and but for the summaries among the
/// iterations nothing is summed. Source: FORMULAS §1.2.
final class MessagesUsage {
  private final boolean hourlyCache;
  private final MessagesCounts counts = new MessagesCounts();
  private MessagesIterations iterations;
  private @Nullable String serviceTier;
  private boolean fast;
  private boolean refused;
  private @Nullable String geo;
  private @Nullable String first;
  private @Nullable String last;

  /// @param hourlyCache how long what was written is kept, if only its sum is told
  MessagesUsage(boolean hourlyCache) {
    this.hourlyCache = hourlyCache;
    this.iterations = new MessagesIterations(hourlyCache);
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

  /// Notes that the message is a refusal which is free if nothing was written: the counts tell of
  /// it nevertheless.
  void refused() {
    refused = true;
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
    if (first == null || last == null || !counts.complete() || !iterations.possible()) {
      return Optional.empty();
    }
    var told = counts.usage(hourlyCache);
    var answer = refused && told.output() == 0 ? Usage.NONE : told;
    var usage = answer.plus(iterations.summaries());
    var raw = first.equals(last) ? last : "[" + first + "," + last + "]";
    return Optional.of(new ReportedUsage(usage, raw, null, iterations.otherModels()));
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "service_tier" -> serviceTier = word(serviceTier, cursor);
      case "inference_geo" -> geo = word(geo, cursor);
      case "speed" -> {
        fast |= cursor.string().equals("fast");
        cursor.skip();
      }
      case "iterations" -> iterations(cursor);
      default -> counts.member(name, cursor);
    }
  }

  private void iterations(Cursor cursor) {
    if (!cursor.atArray()) {
      cursor.skip();
      return;
    }
    iterations = new MessagesIterations(hourlyCache);
    iterations.read(cursor);
  }

  private static @Nullable String word(@Nullable String before, Cursor cursor) {
    if (cursor.atString()) {
      return cursor.string();
    }
    cursor.skip();
    return before;
  }
}
