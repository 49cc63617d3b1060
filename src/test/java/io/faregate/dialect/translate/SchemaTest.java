package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Providers demand more of the schemas of tools and answers than the standard does.
class SchemaTest {
  private static final String CLOSED_BY_US =
      "schema: changed, its objects take no properties but those that it names";

  private static final String NOT_ENFORCED =
      "output_config.format (optional properties): changed, the schema is told and not enforced";

  private static final String OPEN =
      """
      {"type":"object","properties":{"type":{"type":"string"},"places":{"type":"array","items":\
      {"type":["object","null"],"properties":{}%s}},"more":{"anyOf":[{"$ref":"#/$defs/m"},\
      {"type":"object"%s}]}},"$defs":{"m":{"type":"object","additionalProperties":%s}}%s}\
      """;

  private static final String FALSE = ",\"additionalProperties\":false";

  private static final Pair TO_OPENAI = new Pair(Protocol.MESSAGES, Api.OPENAI_CHAT);

  @Test
  void openAiIsToldThatAFunctionWithoutParametersTakesAnObjectWithNone() {
    var messages =
        """
        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"hi"}],
        "tools":[{"name":"now","input_schema":{"type":"object"}}]}\
        """;
    var responses =
        """
        {"model":"m","input":"hi","tools":[{"type":"function","name":"now","parameters":null}]}\
        """;

    assertThat(said(TO_OPENAI, messages))
        .contains("\"parameters\":{\"type\":\"object\",\"properties\":{}}");
    assertThat(said(new Pair(Protocol.RESPONSES, Api.OPENAI_CHAT), responses))
        .contains("\"parameters\":{\"type\":\"object\",\"properties\":{}}");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void openObjectsOfAnAnswerAreClosedWithAWarning(Api provider) {
    var carried = new Pair(Protocol.CHAT, provider).carry(chat(OPEN.formatted("", "", "true", "")));

    assertThat(new String(carried.body(), UTF_8).replace("\\\"", "\""))
        .contains(OPEN.formatted(FALSE, FALSE, "false", FALSE));
    assertThat(carried.warnings()).contains(CLOSED_BY_US);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "BEDROCK"})
  void closedObjectsOfAnAnswerStayAsTheyAre(Api provider) {
    var schema = OPEN.formatted(FALSE, FALSE, "false", FALSE);
    var carried = new Pair(Protocol.CHAT, provider).carry(chat(schema));

    assertThat(new String(carried.body(), UTF_8).replace("\\\"", "\"")).contains(schema);
    assertThat(carried.warnings()).doesNotContain(CLOSED_BY_US);
  }

  @Test
  void openAiEnforcesASchemaOfWhichAllIsRequired() {
    var carried =
        TO_OPENAI.carry(
            messages(
                """
                {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],\
                "additionalProperties":false}\
                """));

    assertThat(new String(carried.body(), UTF_8)).contains("\"strict\":true");
    assertThat(carried.warnings()).doesNotContain(NOT_ENFORCED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type":"object","properties":{"city":{"type":"string"}},"additionalProperties":false}\
        """,
        """
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}\
        """,
        """
        {"type":"array","items":{"type":"object","properties":{"city":{"type":"string"}},\
        "required":[],"additionalProperties":false}}\
        """
      })
  void openAiIsOnlyToldASchemaThatItWouldRefuseToEnforce(String schema) {
    var carried = TO_OPENAI.carry(messages(schema));

    assertThat(new String(carried.body(), UTF_8)).contains(schema).doesNotContain("\"strict\"");
    assertThat(carried.warnings()).contains(NOT_ENFORCED);
  }

  private static String chat(String schema) {
    return """
    {"model":"m","messages":[{"role":"user","content":"hi"}],"response_format":
    {"type":"json_schema","json_schema":{"name":"forecast","schema":%s}}}\
    """
        .formatted(schema);
  }

  private static String messages(String schema) {
    return """
    {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"hi"}],
    "output_config":{"format":{"type":"json_schema","schema":%s}}}\
    """
        .formatted(schema);
  }

  private static String said(Pair pair, String body) {
    return new String(pair.carry(body).body(), UTF_8);
  }
}
