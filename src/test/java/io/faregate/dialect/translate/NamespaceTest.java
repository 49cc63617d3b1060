package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tools in namespaces, as Codex offers them: in `tools`, or in an item of the input.
class NamespaceTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String TOOLS =
      """
      [{"type":"namespace","name":"functions","description":"Of the house.","tools":[
        {"type":"function","name":"weather","description":"Of a city","strict":false,
         "parameters":{"type":"object","properties":{"city":{"type":"string"}}}},
        {"type":"custom","name":"patch","description":"Changes files"}]}]\
      """;

  private static final String CONVERSATION =
      """
      {"type":"message","role":"user","content":"And tomorrow?"},
      {"type":"function_call","call_id":"call_1","namespace":"functions","name":"weather",
       "arguments":"{}"},
      {"type":"function_call_output","call_id":"call_1","output":"12 degrees"}\
      """;

  private static final String IN_TOOLS =
      "{\"model\":\"m\",\"tools\":" + TOOLS + ",\"input\":[" + CONVERSATION + "]}";

  private static final String IN_INPUT =
      """
      {"model":"m","input":[{"type":"additional_tools","id":"at_1","role":"developer",
      "tools":%s},%s]}\
      """
          .formatted(TOOLS, CONVERSATION);

  static List<Pair> pairs() {
    return Pair.all().stream().filter(pair -> pair.client() == Protocol.RESPONSES).toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reachProvidersByNamesThatBeginWithTheirs(Pair pair) {
    var carried = pair.carry(IN_TOOLS);

    var body = new String(carried.body(), UTF_8);
    assertThat(body)
        .contains("functions__weather", "functions__patch", "Of the house.\\nOf a city")
        .doesNotContain("\"weather\"", "\"patch\"");
    assertThat(carried.warnings())
        .contains("tools[].namespace: changed, its tools are named NAMESPACE__TOOL");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void areTheSameInAnItemOfTheInput(Pair pair) {
    assertThat(pair.carry(IN_INPUT).body()).isEqualTo(pair.carry(IN_TOOLS).body());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void offeredTwiceCountOnce(Pair pair) {
    var twice = IN_INPUT.replaceFirst("\"input\"", "\"tools\":" + TOOLS + ",\"input\"");

    assertThat(pair.carry(twice).body()).isEqualTo(pair.carry(IN_TOOLS).body());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void areCalledByTheNamesThatTheClientKnows(Pair pair) {
    var answer = pair.carry(IN_TOOLS).answer(named(pair.answer()));

    var calls = JSON.readTree(answer.body()).path("output").valueStream().toList();
    assertThat(calls.stream().filter(item -> item.has("call_id")).map(NamespaceTest::called))
        .containsExactly("function_call functions weather", "custom_tool_call functions patch");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void areCalledSoInStreamsToo(Pair pair) {
    var streaming = IN_TOOLS.replaceFirst("\"model\"", "\"stream\":true,\"model\"");
    var reader = Objects.requireNonNull(pair.carry(streaming).stream(pair.streamType()));

    var out = new String(reader.relay(pair.stream("weather", "functions__weather")), UTF_8);
    assertThat(out)
        .contains("\"name\":\"weather\",\"namespace\":\"functions\"")
        .doesNotContain("functions__weather");
  }

  private static byte[] named(byte[] answer) {
    return new String(answer, UTF_8)
        .replace("\"weather\"", "\"functions__weather\"")
        .replace("\"patch\"", "\"functions__patch\"")
        .getBytes(UTF_8);
  }

  private static String called(JsonNode item) {
    return "%s %s %s"
        .formatted(
            item.path("type").asString(),
            item.path("namespace").asString(""),
            item.path("name").asString());
  }
}
