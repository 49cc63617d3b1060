package io.faregate.policy;

import java.time.LocalDate;

/// What the decision rests on besides policy and call, recorded so that it can be made again: the
/// UTC day whose prices hold, and how many bytes make a token.
public record Snapshot(LocalDate day, TokenScale scale) {}
