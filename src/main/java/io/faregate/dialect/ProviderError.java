package io.faregate.dialect;

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
  FILTERED
}
