package io.faregate.dialect.translate.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.anthropic.Seal;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What OpenAI's models thought goes through a client of Messages and comes back to them.
class ThoughtsAtOpenAiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pair PAIR = new Pair(Protocol.MESSAGES, Api.OPENAI);
  private static final String DROPPED =
      "messages[].content[].thinking: dropped, only its own provider can read it";

  private static final Map<String, String> BLOCKS =
      Map.of(
          "SEALED", thought(new Seal("home", "rs_1", "gA:A_=").signature()),
          "SECOND", thought(new Seal("home", "rs_2", "gB").signature()),
          "ELSEWHERE", thought(new Seal("azure", "rs_1", "gA").signature()),
          "SIGNED", thought("c2lnbmVk"),
          "UNSIGNED", thought(""),
          "TEXT", "{\"type\":\"text\",\"text\":\"I look.\"}",
          "CALL", "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"f\",\"input\":{}}",
          "CALL2", "{\"type\":\"tool_use\",\"id\":\"call_2\",\"name\":\"f\",\"input\":{}}");

  @Test
  void whatTheModelThoughtGoesBackAsItCame() {
    var answer = JSON.readTree(PAIR.carry(PAIR.request()).answer(PAIR.answer()).body());

    var sent = sent(answer.path("content").toString());

    var theirs = JSON.readTree(PAIR.answer()).path("output").path(0);
    var ours = sent.path("input").path(1);
    assertThat(ours).isEqualTo(theirs);
    assertThat(types(sent))
        .containsExactly("user", "reasoning", "assistant", "function_call", "function_call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SEALED,CALL|user,reasoning,function_call",
        "SEALED,TEXT|user,reasoning,assistant",
        "SEALED,TEXT,SECOND,CALL|user,reasoning,assistant,reasoning,function_call",
        "SEALED,CALL,SECOND,CALL2|user,reasoning,function_call,reasoning,function_call",
      })
  void aThoughtStandsBeforeWhatItLedTo(String blocks, String items) {
    assertThat(String.join(",", types(sent(content(blocks))))).isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"SEALED|user", "TEXT,SEALED|user,assistant", "CALL,SEALED|user,function_call"})
  void aThoughtThatLedToNothingIsLeftOut(String blocks, String items) {
    assertThat(String.join(",", types(sent(content(blocks))))).isEqualTo(items);
  }

  @ParameterizedTest
  @CsvSource({"ELSEWHERE", "SIGNED", "UNSIGNED"})
  void aThoughtFromElsewhereIsDroppedAndTold(String block) {
    var carried = PAIR.carry(body(content(block + ",TEXT")));

    assertThat(types(JSON.readTree(carried.body()))).containsExactly("user", "assistant");
    assertThat(carried.warnings())
        .anyMatch(told -> told.startsWith("messages[].content[].thinking") && told.contains("own"));
  }

  @Test
  void theProviderItselfIsToldNothing() {
    assertThat(PAIR.carry(body(content("SEALED,TEXT"))).warnings()).doesNotContain(DROPPED);
  }

  @Test
  void noOtherProviderIsGivenASealedThought() {
    for (var api : List.of(Api.OPENAI_CHAT, Api.GEMINI, Api.BEDROCK)) {
      var carried = new Pair(Protocol.MESSAGES, api).carry(body(content("SEALED,TEXT")));

      assertThat(new String(carried.body(), UTF_8)).doesNotContain("gA:A_=", "rs_1");
      assertThat(carried.warnings())
          .anyMatch(told -> told.startsWith("messages[].content[].thinking"));
    }
  }

  private static JsonNode sent(String content) {
    return JSON.readTree(PAIR.carry(body(content)).body());
  }

  private static List<String> types(JsonNode sent) {
    return sent.path("input")
        .valueStream()
        .map(item -> item.path("type").asString(item.path("role").asString()))
        .toList();
  }

  private static String content(String blocks) {
    return List.of(blocks.split(",")).stream().map(BLOCKS::get).toList().toString();
  }

  private static String body(String content) {
    return """
    {"model":"gpt-5.4","max_tokens":100,"messages":[{"role":"user","content":"Paris?"},
    {"role":"assistant","content":%s}]}\
    """
        .formatted(content);
  }

  private static String thought(String signature) {
    return "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"%s\"}".formatted(signature);
  }
}
