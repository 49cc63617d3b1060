package io.faregate.simulator.tongue;

import java.util.HexFormat;

/// One call with its answer: what both forms of the answer are written from.
///
/// @param tokens of the whole answer
/// @param number makes the ids of the answer its own
/// @param createdAtSeconds a made-up time, so that runs can be compared
public record Sale(
    Ask ask,
    Answer answer,
    TokenCount tokens,
    UsageHabit usageHabit,
    long number,
    long createdAtSeconds,
    String fingerprint) {

  /// An id that begins with `prefix`.
  public String id(String prefix) {
    return prefix + HexFormat.of().toHexDigits(number);
  }

  /// What is reported for the whole answer.
  public Reported reported() {
    return reported(answer.visibleTokens(), true);
  }

  /// What is reported once that many tokens are shown; `last` for the last time.
  public Reported reported(int produced, boolean last) {
    int told = last && usageHabit == UsageHabit.DECREASING ? produced / 2 : produced;
    TokenCount all = tokens.producing(told);
    String output =
        switch (usageHabit) {
          case USUAL, MISSING, CUMULATIVE, EARLY, DECREASING -> Long.toString(all.output());
          case ZERO -> "0";
          case NEGATIVE -> "-1";
          case ABSURD -> "9223372036854775808";
        };
    boolean right =
        usageHabit != UsageHabit.MISSING
            && told == produced
            && output.equals(Long.toString(all.output()));
    return new Reported(all, output, right);
  }
}
