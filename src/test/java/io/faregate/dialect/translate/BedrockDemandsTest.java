package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.api.Test;

/// What Converse refuses goes to it in a form that it takes.
class BedrockDemandsTest {
  private static final Pair FROM_MESSAGES = new Pair(Protocol.MESSAGES, Api.BEDROCK);

  private static final String CALLED =
      """
      {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Weather?"},
      {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}},
      {"type":"tool_use","id":"b","name":"f","input":{}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"a",%s},
      {"type":"tool_result","tool_use_id":"b","content":"cold"}]}]%s}\
      """;

  private static final String TOOLS =
      ",\"tools\":[{\"name\":\"g\",\"input_schema\":{\"type\":\"object\"}}]";

  @Test
  void cacheMarkInsideAResultComesAfterIt() {
    var marked =
        """
        "content":[{"type":"text","text":"warm","cache_control":{"type":"ephemeral","ttl":"1h"}}]\
        """;

    assertThat(said(CALLED.formatted(marked, TOOLS)))
        .contains(
            """
            {"toolResult":{"toolUseId":"a","content":[{"text":"warm"}]}},\
            {"cachePoint":{"type":"default","ttl":"1h"}},{"toolResult":\
            """);
  }

  @Test
  void markOfTheResultGoesBeforeOneInsideIt() {
    var marked =
        """
        "cache_control":{"type":"ephemeral"},\
        "content":[{"type":"text","text":"warm","cache_control":{"type":"ephemeral","ttl":"1h"}}]\
        """;

    assertThat(said(CALLED.formatted(marked, TOOLS)))
        .contains("}},{\"cachePoint\":{\"type\":\"default\"}},{\"toolResult\":");
  }

  @Test
  void calledToolsAreNamedWhereNoneAreOffered() {
    var carried = FROM_MESSAGES.carry(CALLED.formatted("\"content\":\"warm\"", ""));

    assertThat(new String(carried.body(), UTF_8))
        .contains(
            """
            "toolConfig":{"tools":[{"toolSpec":{"name":"f","description":"No longer offered.",\
            "inputSchema":{"json":{"type":"object"}}}}]}\
            """);
    assertThat(carried.warnings())
        .containsExactly("tools: none are offered, those that were called before are named");
  }

  @Test
  void toolsThatAreOfferedStandAlone() {
    var carried = FROM_MESSAGES.carry(CALLED.formatted("\"content\":\"warm\"", TOOLS));

    assertThat(new String(carried.body(), UTF_8))
        .contains("\"tools\":[{\"toolSpec\":{\"name\":\"g\",\"inputSchema\":")
        .doesNotContain("No longer offered.");
    assertThat(carried.warnings()).isEmpty();
  }

  @Test
  void failureWithoutAWordGetsOne() {
    assertThat(said(CALLED.formatted("\"is_error\":true,\"content\":\"\"", TOOLS)))
        .contains("\"content\":[{\"text\":\"The tool failed.\"}],\"status\":\"error\"");
  }

  @Test
  void pairsThatAreNotTakenAreDroppedWithAWarning() {
    var carried =
        new Pair(Protocol.CHAT, Api.BEDROCK)
            .carry(
                """
                {"model":"m","messages":[{"role":"user","content":"hi"}],"metadata":{
                "team":"a-b.c, d@e:f","city":"K\\u014dto","note":"%s","what?":"x"}}\
                """
                    .formatted("x".repeat(257)));

    assertThat(new String(carried.body(), UTF_8))
        .contains("\"requestMetadata\":{\"team\":\"a-b.c, d@e:f\"}");
    assertThat(carried.warnings())
        .containsExactly(
            "metadata: dropped where a name or a value holds what Bedrock does not take");
  }

  private static String said(String body) {
    return new String(FROM_MESSAGES.carry(body).body(), UTF_8);
  }
}
