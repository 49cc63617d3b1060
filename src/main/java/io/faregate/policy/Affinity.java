package io.faregate.policy;

import io.faregate.call.ModelId;

/// What an earlier call of the same session leaves to a later one.
///
/// @param model that served it
/// @param warmTokens of its input and output, which that model's prompt cache is likely to hold; 0
///   when too much time has passed
/// @param outputTokens that it wrote, as a guess at what the next one will
/// @param tied whether only the same provider can go on from it: the call names an answer that is
///   kept there, or holds reasoning that nobody else can read
public record Affinity(ModelId model, long warmTokens, long outputTokens, boolean tied) {}
