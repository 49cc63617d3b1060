package io.faregate.money;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rates as one line of text, in dollars per million units: `input=2 cache_read=0.2 output=12`.
/// Rows of the ledger keep this line, so that a cost can be explained and split again when the
/// price list has long moved on. `call` is the fee of a million calls.
public final class RatesText {
  private static final String REASONING = "reasoning";
  private static final String CALL = "call";

  private RatesText() {}

  /// The line of these rates; unknown rates are left out.
  public static String write(Rates rates) {
    var text = new StringBuilder();
    for (var kind : TokenKind.values()) {
      append(text, kind.word(), rates.rate(kind));
    }
    append(text, REASONING, rates.reasoning());
    append(text, CALL, rates.perCall());
    return text.toString();
  }

  /// The rates of a line.
  ///
  /// @throws IllegalArgumentException if the line is not one that [#write] makes
  public static Rates read(String text) {
    var rates = new HashMap<String, Rate>();
    for (var word : text.strip().split("\\s+", -1)) {
      var equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not a line of rates: \"" + text + "\"");
      }
      rates.put(word.substring(0, equals), Rate.perMillion(word.substring(equals + 1)));
    }
    var read = rates(rates);
    if (!rates.isEmpty()) {
      throw new IllegalArgumentException("no kinds of tokens: " + rates.keySet());
    }
    return read;
  }

  private static Rates rates(Map<String, Rate> words) {
    return new Rates(
        words.remove(TokenKind.INPUT.word()),
        words.remove(TokenKind.CACHE_READ.word()),
        words.remove(TokenKind.CACHE_WRITE_5M.word()),
        words.remove(TokenKind.CACHE_WRITE_1H.word()),
        words.remove(TokenKind.OUTPUT.word()),
        words.remove(REASONING),
        words.remove(CALL));
  }

  private static void append(StringBuilder text, String word, @Nullable Rate rate) {
    if (rate != null) {
      text.append(text.isEmpty() ? "" : " ").append(word).append('=').append(rate.usdPerMillion());
    }
  }
}
