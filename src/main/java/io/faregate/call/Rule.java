package io.faregate.call;

/// A rule that a decision looked at: its place in the policy (`plans.free.tiers`), whether it
/// applied, and why, in a sentence for people.
public record Rule(String rule, boolean matched, String why) {}
