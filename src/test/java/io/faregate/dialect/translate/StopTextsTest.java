package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer ends at the texts at which its client wants it to, where the provider knows none.
class StopTextsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pair PAIR = new Pair(Protocol.MESSAGES, Api.OPENAI);

  @ParameterizedTest
  @CsvSource({
    "stant, Un in, stant",
    "Un, '', Un",
    "🌦, 'Un instant… ', 🌦",
    "t…, Un instan, t…",
    "'… ', Un instant, '… '"
  })
  void nothingIsShownFromTheFirstStopTextOn(String stop, String shown, String told) {
    var carried = PAIR.carry(asking(stop, "\"never\""));
    var whole = JSON.readTree(carried.answer(PAIR.answer()).body());

    assertThat(text(whole)).isEqualTo(shown);
    assertThat(whole.path("stop_reason").asString()).isEqualTo("stop_sequence");
    assertThat(whole.path("stop_sequence").asString()).isEqualTo(told);
    assertThat(whole.findValuesAsString("type")).doesNotContain("tool_use");
    assertThat(whole.path("usage").path("output_tokens").asInt()).isEqualTo(90);
  }

  @Test
  void anAnswerWithoutAnyIsShownWhole() {
    var whole = JSON.readTree(PAIR.carry(asking("nope")).answer(PAIR.answer()).body());

    assertThat(text(whole)).isEqualTo("Un instant… 🌦");
    assertThat(whole.path("stop_reason").asString()).isEqualTo("tool_use");
  }

  @Test
  void aStreamEndsWhereTheWholeAnswerDoesHoweverItIsCut() {
    Seeds.each(
        300,
        chance -> {
          var words = words(chance);
          var first = words(chance);
          var second = words(chance);
          var request = asking(first, "\"" + second + "\"");
          var answer =
              PAIR.carry(request)
                  .answer(
                      """
                      {"id":"r","output":[{"type":"message","content":\
                      [{"type":"output_text","text":"%s"}]}]}\
                      """
                          .formatted(words)
                          .getBytes(UTF_8));
          var whole = JSON.readTree(answer.body());
          var stream = streamed(request, words, chance);

          assertThat(shown(stream)).isEqualTo(text(whole));
          assertThat(stream)
              .contains("\"stop_reason\":" + whole.path("stop_reason"))
              .contains("\"stop_sequence\":" + whole.path("stop_sequence"));
        });
  }

  private static String streamed(String request, String words, Random chance) {
    var events = new StringBuilder("data: {\"type\":\"response.created\",\"response\":{}}\n\n");
    for (int from = 0; from < words.length(); ) {
      int to = Math.min(words.length(), from + 1 + chance.nextInt(4));
      events.append(
          "data: {\"type\":\"response.output_text.delta\",\"delta\":\"%s\"}\n\n"
              .formatted(words.substring(from, to)));
      from = to;
    }
    events.append("data: {\"type\":\"response.completed\",\"response\":{}}\n\n");
    var carried = PAIR.carry(request.replaceFirst("\\{", "{\"stream\":true,"));
    var reader = Objects.requireNonNull(carried.stream(PAIR.streamType()));
    var out = new String(reader.relay(events.toString().getBytes(UTF_8)), UTF_8);
    return out + new String(reader.end(), UTF_8);
  }

  /// So few letters that stop texts begin, break off and overlap.
  private static String words(Random chance) {
    var words = new StringBuilder();
    for (int i = 1 + chance.nextInt(6); i > 0; i--) {
      words.append("aab".charAt(chance.nextInt(3)));
    }
    return words.toString();
  }

  private static String asking(String stop, String... more) {
    return """
    {"model":"gpt-5.4","max_tokens":100,"stop_sequences":["%s"%s],
    "messages":[{"role":"user","content":"hi"}]}\
    """
        .formatted(stop, more.length == 0 ? "" : "," + more[0]);
  }

  private static String text(JsonNode message) {
    return String.join("", message.path("content").findValuesAsString("text"));
  }

  private static String shown(String stream) {
    var texts = Pattern.compile("\"type\":\"text_delta\",\"text\":\"([^\"]*)\"").matcher(stream);
    return texts.results().map(found -> found.group(1)).reduce("", String::concat);
  }
}
