package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Conversations that models of other providers have begun, as Anthropic and Bedrock take them.
class ForeignHistoryTest {
  private static final String CHAT =
      """
      {"model":"m","messages":[{"role":"user","content":"Weather?"},
      {"role":"assistant","content":"TEXT","tool_calls":[
      {"id":"ID","type":"function","function":{"name":"f","arguments":"{}"}},
      {"id":"ID2","type":"function","function":{"name":"f","arguments":"{}"}}]},
      {"role":"tool","tool_call_id":"ID","content":"warm"},
      {"role":"tool","tool_call_id":"ID2","content":"cold"}]}\
      """;

  private static final String RESPONSES =
      """
      {"model":"m","instructions":"TEXT","input":[{"role":"user","content":[
      {"type":"input_text","text":"Weather?"},{"type":"input_text","text":"TEXT"}]},
      {"role":"assistant","content":"TEXT"},
      {"type":"function_call","call_id":"ID","name":"f","arguments":"{}"},
      {"type":"function_call_output","call_id":"ID","output":"warm"}]}\
      """;

  private static final String MESSAGES =
      """
      {"model":"m","max_tokens":9,"system":"TEXT","messages":[{"role":"user","content":"Weather?"},
      {"role":"assistant","content":[{"type":"text","text":"TEXT"},
      {"type":"tool_use","id":"ID","name":"f","input":{}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"ID","content":"warm"}]},
      {"role":"assistant","content":"TEXT"},{"role":"system","content":[
      {"type":"text","text":"TEXT"}]},{"role":"user","content":"And tomorrow?"}]}\
      """;

  static List<Pair> pairs() {
    return Pair.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void blankTextsAreLeftOut(Pair pair) {
    var body =
        switch (pair.client()) {
          case CHAT -> CHAT;
          case RESPONSES -> RESPONSES;
          case MESSAGES -> MESSAGES;
          case EMBEDDINGS -> throw new IllegalArgumentException("embeddings are not translated");
        };
    assertThat(said(pair, body.replace("TEXT", "\\n \\t")))
        .isEqualTo(said(pair, body.replace("TEXT", "")))
        .doesNotContain("\\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void idsOfCallsHaveOnlyLettersThatAreTaken(Api provider) {
    var ids = ids(provider, "functions.f:0", "functions.f:1");

    assertThat(ids)
        .containsExactly("functions_f_0", "functions_f_1", "functions_f_0", "functions_f_1");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void longIdsOfCallsAreCutAndStayDifferent(Api provider) {
    var ids = ids(provider, "call_" + "x".repeat(80) + "1", "call_" + "x".repeat(80) + "2");

    assertThat(new HashSet<>(ids)).hasSize(2).allMatch(id -> id.length() == 64);
    assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void idsThatAreTakenStayAsTheyAre(Api provider) {
    assertThat(ids(provider, "toolu_01-A", "call_fg_0"))
        .containsExactly("toolu_01-A", "call_fg_0", "toolu_01-A", "call_fg_0");
  }

  private static List<String> ids(Api provider, String first, String second) {
    var body = CHAT.replace("TEXT", "").replace("ID2", second).replace("ID", first);
    var ids = Pattern.compile("\"(?:id|tool_use_id|toolUseId)\":\"([^\"]+)\"");
    return ids.matcher(said(new Pair(Protocol.CHAT, provider), body))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String said(Pair pair, String body) {
    return new String(pair.carry(body).body(), UTF_8);
  }
}
