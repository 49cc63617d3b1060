package io.faregate.simulator;

import java.math.BigInteger;

/// The tokens of one attempt as the provider bills them. `input` and `cacheRead` are disjoint;
/// `reasoning` tells how much of `output` was never shown and is billed as output.
///
/// How the simulator counts, so that a test can predict it:
///
/// - prompt = 3 + 4 per message + 85 per image + ⌈bytes ÷ 4⌉, where bytes are the UTF-8 bytes of
///   all message texts and earlier tool calls plus those of `tools` and `response_format`;
/// - output = one token per word of prose, per four characters of JSON, and one for the name of a
///   tool call: exactly one per content event of a stream;
/// - cached = the longest prefix of the messages that the same model has seen before, from 1,024
///   tokens on, in steps of 128 (512 bytes).
public record TokenCount(long input, long cacheRead, long output, long reasoning) {
  public TokenCount {
    if (Math.min(input, cacheRead) < 0 || reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException(
          "not a token count: %d input, %d cached, %d output, %d reasoning"
              .formatted(input, cacheRead, output, reasoning));
    }
  }

  /// All prompt tokens, cached or not: what OpenAI calls `prompt_tokens`.
  public long prompt() {
    return input + cacheRead;
  }

  /// The same prompt with another number of visible output tokens beside the reasoning.
  TokenCount producing(long visibleTokens) {
    return new TokenCount(input, cacheRead, reasoning + visibleTokens, reasoning);
  }

  /// The same prompt and nothing produced.
  TokenCount promptOnly() {
    return new TokenCount(input, cacheRead, 0, 0);
  }

  /// What the tokens cost at the rates of `model`: exact, in nano-USD × 10⁶.
  BigInteger exactCost(SimulatedModel model) {
    return times(input, model.inputPerMillion())
        .add(times(cacheRead, model.cacheReadPerMillion()))
        .add(times(output, model.outputPerMillion()));
  }

  private static BigInteger times(long tokens, long rate) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate));
  }

  /// The `usage` object of the Chat API.
  String json() {
    return """
    {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
    "prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},\
    "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
    "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
    """
        .formatted(prompt(), output, prompt() + output, cacheRead, reasoning);
  }
}
