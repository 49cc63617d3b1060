package io.faregate.policy.lint;

import java.util.Locale;

/// Something that a valid policy hardly means.
///
/// @param path the place in the file: `tasks.faq.fallback`
/// @param message what stands there, and why it costs money
/// @param fix what to do about it
public record Finding(Kind kind, String path, String message, String fix) {
  /// What is found, one word for each row of docs/lint.md.
  public enum Kind {
    DEAD_RULE,
    SHADOWED_RULE,
    CHEAPER_FALLBACK,
    UNREACHED_TIER,
    NO_REASON,
    UNBOUNDED_WORKFLOW,
    CONTRADICTING_LIMITS,
    SMALL_LIMIT,
    SMALL_WINDOW,
    OLD_PRICES,
    UNPRICED_UNDER_LIMIT;

    /// The name in the documentation: `dead_rule`, ...
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is worth knowing and no fault of the policy: one that is hard to read, or a price
    /// list that only a newer version or list renews.
    public boolean isNote() {
      return this == NO_REASON || this == OLD_PRICES;
    }
  }
}
