package io.faregate.simulator.tongue;

/// The tokens of one attempt as the provider bills them. All kinds of the prompt are disjoint;
/// `reasoning` tells how much of `output` was never shown and is billed as output.
///
/// How the simulator counts, so that a test can predict it:
///
/// - prompt = 3 + 4 per message + 85 per image + ⌈bytes ÷ 4⌉, where bytes are the UTF-8 bytes of
///   all message texts and earlier tool calls plus those of `tools` and `response_format`;
/// - output = one token per word of prose, per four characters of JSON, and one for the name of a
///   tool call: exactly one per content event of a stream;
/// - cached = the longest prefix of the messages that the same model has seen before, from 1,024
///   tokens on, in steps of 128 (512 bytes). Dialects whose clients mark what is to be cached read
///   up to the longest prefix that a mark once ended, and write from there to the last mark.
public record TokenCount(
    long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output, long reasoning) {
  public TokenCount {
    long least = Math.min(Math.min(input, cacheRead), Math.min(cacheWrite5m, cacheWrite1h));
    if (least < 0 || reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException(
          "not a token count: %d input, %d cached, %d and %d written, %d output, %d reasoning"
              .formatted(input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning));
    }
  }

  /// Without cache writes.
  public TokenCount(long input, long cacheRead, long output, long reasoning) {
    this(input, cacheRead, 0, 0, output, reasoning);
  }

  /// Written to a cache, whatever its lifetime.
  public long cacheWrite() {
    return cacheWrite5m + cacheWrite1h;
  }

  /// All prompt tokens, cached, written or neither: what OpenAI calls `prompt_tokens`.
  public long prompt() {
    return input + cacheRead + cacheWrite();
  }

  /// The same prompt with another number of visible output tokens beside the reasoning.
  public TokenCount producing(long visibleTokens) {
    return new TokenCount(
        input, cacheRead, cacheWrite5m, cacheWrite1h, reasoning + visibleTokens, reasoning);
  }

  /// The same prompt and nothing produced.
  public TokenCount promptOnly() {
    return new TokenCount(input, cacheRead, cacheWrite5m, cacheWrite1h, 0, 0);
  }
}
