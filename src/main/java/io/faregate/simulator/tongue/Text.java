package io.faregate.simulator.tongue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/// Text as the provider writes it: deterministic prose in sentences of twelve words, one token a
/// word, and JSON, which is put together as text because a stream repeats the same envelope for
/// every token.
public final class Text {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String[] WORDS =
      """
      the customer order ticket answer refund parcel account invoice agent reply is was will can \
      should open close send check find update return confirm today soon again first next new \
      early late quick clear complete useful and then because while before after with without \
      for from into about every another this that our your their service product delivery \
      payment address number status request page team support details\
      """
          .split(" ");
  private static final String[] FIRST_WORDS = new String[WORDS.length];
  private static final String[] INNER_WORDS = new String[WORDS.length];
  private static final String[] LAST_WORDS = new String[WORDS.length];
  private static final int SENTENCE_WORDS = 12;

  static {
    for (int i = 0; i < WORDS.length; i++) {
      String word = WORDS[i];
      FIRST_WORDS[i] = " " + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
      INNER_WORDS[i] = " " + word;
      LAST_WORDS[i] = " " + word + ".";
    }
  }

  private Text() {}

  /// `tokens` words chosen by `seed`; a shorter text of the same seed is a prefix of a longer one.
  public static List<String> words(long seed, int tokens) {
    var words = new ArrayList<String>(tokens);
    long state = seed;
    for (int i = 0; i < tokens; i++) {
      state += 0x9E3779B97F4A7C15L;
      int word = (int) Long.remainderUnsigned(mix(state), WORDS.length);
      int place = i % SENTENCE_WORDS;
      String[] forms =
          place == 0 ? FIRST_WORDS : place == SENTENCE_WORDS - 1 ? LAST_WORDS : INNER_WORDS;
      words.add(i == 0 ? forms[word].substring(1) : forms[word]);
    }
    return words;
  }

  /// JSON or a fixed text, cut into tokens of four characters.
  public static List<String> quarters(String text) {
    var pieces = new ArrayList<String>(text.length() / 4 + 1);
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + 4);
      // Half a surrogate pair is not a character that UTF-8 can carry.
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  /// Appends `text` as a JSON string, with its quotes.
  public static StringBuilder quote(StringBuilder json, String text) {
    json.append('"');
    if (clean(text)) {
      json.append(text);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(text, json);
    }
    return json.append('"');
  }

  /// Whether JSON can carry the text as it is; our own words always pass, and copying them whole
  /// halves the cost of an answer.
  private static boolean clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  public static String quoted(String text) {
    return quote(new StringBuilder(text.length() + 2), text).toString();
  }

  /// Appends one entry of `logprobs.content`: a made-up probability that depends on the token, and
  /// `alternatives` of decreasing probability, the token itself first.
  public static void logprob(StringBuilder json, String token, int alternatives) {
    entry(json, token, 0).append(",\"top_logprobs\":[");
    for (int i = 0; i < alternatives; i++) {
      entry(json.append(i == 0 ? "" : ","), i == 0 ? token : token + i, i).append('}');
    }
    json.append("]}");
  }

  private static StringBuilder entry(StringBuilder json, String token, int rank) {
    quote(json.append("{\"token\":"), token).append(",\"logprob\":-").append(rank);
    json.append('.').append(10 + Math.floorMod(token.hashCode(), 80)).append(",\"bytes\":[");
    String comma = "";
    for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
      json.append(comma).append(b & 0xff);
      comma = ",";
    }
    return json.append(']');
  }

  /// The finaliser of SplitMix64: every bit of the result depends on every bit of `value`.
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
