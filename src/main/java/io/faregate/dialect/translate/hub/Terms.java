package io.faregate.dialect.translate.hub;

/// What an answer is written with besides what the model said.
///
/// @param prompt what was asked
/// @param usageAsked whether the client wants usage at the end of a stream
/// @param call our id of the call, where the provider gives its answer none
/// @param createdAtSeconds when the answer was begun, in seconds since 1970
public record Terms(Prompt prompt, boolean usageAsked, String call, long createdAtSeconds) {
  /// The id of an answer: its own, or that of the call behind the prefix.
  public String id(String prefix, String own) {
    return own.isEmpty() ? prefix + call : own;
  }

  /// The model of an answer: the one it names, or the one that was asked.
  public String model(String own) {
    return own.isEmpty() ? prompt.model() : own;
  }
}
