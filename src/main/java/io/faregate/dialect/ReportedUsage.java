package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;

/// What a provider says an attempt used.
///
/// @param usage tokens in disjoint kinds
/// @param raw its own object, as it came; of one that is absurdly long, the beginning
/// @param costNanoUsd what it says the attempt cost, or null
/// @param otherModels whether other models used tokens for it too, which are not in `usage`: they
///   have prices of their own, so what it cost in all is not known
public record ReportedUsage(
    Usage usage, String raw, @Nullable Long costNanoUsd, boolean otherModels) {
  /// It stands in a record, and a record has to fit into a segment of the journal.
  private static final int MOST_RAW = 16 * 1024;

  public ReportedUsage {
    raw = raw.length() > MOST_RAW ? raw.substring(0, MOST_RAW) : raw;
  }

  /// What an attempt used at one model, as nearly all do.
  public ReportedUsage(Usage usage, String raw, @Nullable Long costNanoUsd) {
    this(usage, raw, costNanoUsd, false);
  }

  /// What is kept of an object that stands in `[from, to)`: all of it, or the beginning.
  public static String raw(byte[] bytes, int from, int to) {
    return new String(bytes, from, Math.min(to - from, MOST_RAW), UTF_8);
  }
}
