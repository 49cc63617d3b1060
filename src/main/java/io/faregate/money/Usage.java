package io.faregate.money;

/// The billed tokens of one attempt, in disjoint kinds: nothing is counted under two of them, and
/// providers that report cached tokens inside the input are split in `dialect`. `reasoning` tells
/// how much of `output` was not shown; it is billed as output.
public record Usage(
    long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output, long reasoning) {
  /// No tokens at all, as an explicit report of zero.
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);

  public Usage {
    if (Math.min(Math.min(input, cacheRead), Math.min(cacheWrite5m, cacheWrite1h)) < 0
        || reasoning < 0
        || reasoning > output) {
      throw new IllegalArgumentException(
          "not a usage: %d in, %d out, %d reasoning".formatted(input, output, reasoning));
    }
  }

  /// Uncached input and output, for estimates and for providers without a cache.
  public static Usage of(long input, long output) {
    return new Usage(input, 0, 0, 0, output, 0);
  }

  /// This with no less output than that.
  public Usage writingAtLeast(long tokens) {
    var more = Math.max(output, tokens);
    return new Usage(input, cacheRead, cacheWrite5m, cacheWrite1h, more, reasoning);
  }

  /// This with none of its output shown.
  public Usage hidden() {
    return new Usage(input, cacheRead, cacheWrite5m, cacheWrite1h, output, output);
  }

  /// All input tokens, cached or not: what a long-context price looks at.
  public long inputTotal() {
    return input + cacheRead + cacheWrite5m + cacheWrite1h;
  }

  /// The tokens of one kind.
  public long tokens(TokenKind kind) {
    return switch (kind) {
      case INPUT -> input;
      case CACHE_READ -> cacheRead;
      case CACHE_WRITE_5M -> cacheWrite5m;
      case CACHE_WRITE_1H -> cacheWrite1h;
      case OUTPUT -> output;
    };
  }

  /// Kind by kind the sum of both.
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        output + other.output,
        reasoning + other.reasoning);
  }
}
