package io.faregate.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a call did not stay on its first tier: a closed list, so that every report can group by it.
public enum Reason {
  LOW_CONFIDENCE,
  LONG_CONTEXT,
  FAILED_VALIDATION,
  USER_TIER,
  TASK_COMPLEXITY,
  SAFETY_CHECK,
  REFUSED_ANSWER,
  TRUNCATED_ANSWER,
  PROVIDER_ERROR,
  RATE_LIMITED,
  TIMEOUT,
  TIER_SPEND_LIMIT,
  PREMIUM_SHARE_LIMIT,
  WORKFLOW_BUDGET,
  KEY_BUDGET,
  TOTAL_BUDGET,
  NO_JUSTIFICATION,
  PINNED,
  UNSUPPORTED,
  UNHEALTHY,
  UNPRICED,
  AFFINITY,
  EXPLORATION;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The name in configuration, columns, headers and JSON: `low_confidence`, ...
  public String word() {
    return word;
  }

  /// The reason of that name.
  public static Optional<Reason> of(String word) {
    return Arrays.stream(values()).filter(reason -> reason.word.equals(word)).findFirst();
  }
}
