package io.faregate.simulator.tongue;

/// Usage as the client is told it.
///
/// @param output all output tokens, reasoning included, as text: some faults fit no number
/// @param right whether it is what is billed
public record Reported(TokenCount tokens, String output, boolean right) {
  /// Output without reasoning, for dialects that tell the two apart.
  public String outputWithoutReasoning() {
    return output.equals(Long.toString(tokens.output()))
        ? Long.toString(tokens.output() - tokens.reasoning())
        : output;
  }

  /// Prompt and output. A sum that would be nonsense is left at the true one.
  public long total() {
    return tokens.prompt() + tokens.output();
  }
}
