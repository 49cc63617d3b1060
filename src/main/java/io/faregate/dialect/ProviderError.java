package io.faregate.dialect;

import java.util.List;
import java.util.Locale;

/// What a provider's error means for the chain.
public enum ProviderError {
  /// It may go away, or another model does not have it: the chain goes on.
  PASSING,
  /// Too many requests or tokens: the chain goes on.
  RATE_LIMITED,
  /// The same of one of several keys, while another one is free: it tells nothing of the model.
  KEY_LIMITED,
  /// Ours to mend (key, quota, deployment): the chain goes on, with an alert.
  OURS,
  /// The input is too long for this model: once more with a larger window.
  CONTEXT_LENGTH,
  /// The client's own mistake: it goes straight back.
  CLIENTS,
  /// A filter has read the input and stopped it: it goes straight back, and the input is billed.
  FILTERED;

  /// How providers say that the input is too long, for those that have no code for it.
  private static final List<String> TOO_LONG =
      List.of(
          "context_length",
          "context length",
          "context window",
          "available context size",
          "exceed context limit",
          "prompt is too long",
          "input is too long",
          "maximum prompt length is",
          "exceeds the maximum number of tokens",
          "maximum number of input tokens");

  /// Whether the message of an error, which is the client's by its status, says that the input is
  /// too long.
  public static boolean tellsOfLength(String message) {
    var lower = message.toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(lower::contains);
  }
}
