package io.faregate.dialect.anthropic;

import io.faregate.dialect.CountReader;
import io.faregate.dialect.Cursor;
import io.faregate.money.Usage;

/// What `usage.iterations` tells beyond the counts that stand beside it. Those are of all `message`
/// entries together or, where another model took over, of its `fallback_message`. They leave out
/// the summaries that the model writes of a long conversation (`compaction`), and what other models
/// did: an advisor, and one that declined before another took over. Source: anthropic-sdk-python
/// 2.14.0, `beta_iterations_usage.py`; Anthropic's pages "Advisor tool" and "Refusals and
/// fallback".
final class MessagesIterations {
  private final boolean hourlyCache;
  private String type = "";
  private Usage summaries = Usage.NONE;
  private boolean sampled;
  private boolean fellBack;
  private boolean others;
  private boolean absurd;

  /// @param hourlyCache how long what was written to the cache is kept, if only its sum is told
  MessagesIterations(boolean hourlyCache) {
    this.hourlyCache = hourlyCache;
  }

  /// Reads the elements of the array that the cursor is at.
  void read(Cursor cursor) {
    cursor.elements(() -> {
      if (cursor.atObject()) {
        entry(cursor);
      } else {
        cursor.skip();
      }
    });
  }

  /// What the model itself used besides.
  Usage summaries() {
    return summaries;
  }

  /// Whether other models used tokens for it. A kind of entry that is not known here may be one.
  boolean otherModels() {
    return others || (fellBack && sampled);
  }

  /// Whether no entry says what cannot be.
  boolean possible() {
    return !absurd;
  }

  private void entry(Cursor cursor) {
    type = "";
    var counts = new MessagesCounts();
    cursor.members(name -> {
      if (name.equals("type")) {
        type = cursor.string();
      } else {
        counts.member(name, cursor);
      }
    });
    var usage = counts.usage(hourlyCache);
    boolean used = usage.inputTotal() + usage.output() > 0;
    switch (type) {
      case "message" -> sampled |= used;
      case "fallback_message" -> fellBack = true;
      case "compaction" -> summary(counts, usage);
      default -> others |= used;
    }
  }

  private void summary(MessagesCounts counts, Usage usage) {
    var sum = summaries.inputTotal() + summaries.output();
    absurd |= !counts.complete() || sum > CountReader.ABSURD;
    summaries = absurd ? summaries : summaries.plus(usage);
  }
}
