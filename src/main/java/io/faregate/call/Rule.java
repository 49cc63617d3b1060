package io.faregate.call;

/// A rule that a decision looked at: its place in the policy (`plans.free.tiers`), whether it
/// applied, and why, in a sentence for people. A long one is cut: it may quote what a client sent,
/// and a row must fit.
public record Rule(String rule, boolean matched, String why) {
  /// The rule by which of several names that a call has for one thing one is believed. It is noted
  /// where they differ.
  public static final String NAMES = "names";

  private static final int LONGEST = 500;

  public Rule {
    why = why.length() <= LONGEST ? why : why.substring(0, LONGEST - 1) + "…";
  }
}
