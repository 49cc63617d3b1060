package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.simulator.tongue.Text;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes over the wire in each dialect, as text to be read; the frames of Bedrock are taken
/// apart and their checksums worked out.
class DialectWireTest {
  private static final Path GOLDEN = Path.of("src", "test", "golden", "simulator");

  private final RunningProvider running =
      new RunningProvider(
          RunningProvider.settings()
              .withTurns(
                  Turns.read(
                      """
                      conversations:
                        - when: find it
                          turns:
                            - say: I will look.
                              calls:
                                - { tool: find_parcel, arguments: { id: P1 } }
                                - tool: open_ticket
                      """)));

  @AfterEach
  void stop() {
    running.close();
  }

  @ParameterizedTest
  @EnumSource
  void speaksEachDialect(Speech speech) {
    var text = new StringBuilder();
    for (boolean stream : new boolean[] {false, true}) {
      add(text, speech, speech.body("[[sim:tokens=3; reasoning=6]]", stream), stream);
      add(text, speech, withTools(speech, stream), stream);
    }
    String thinking = speech.body("[[sim:tokens=2; reasoning=20]]", true);
    add(text, speech, with(thinking, thinking(speech)), true);
    add(text, speech, speech.body("[[sim:usage=cumulative; tokens=2; reasoning=0]]", true), true);
    add(text, speech, speech.body("[[sim:error=1; tokens=2; reasoning=0]]", true), true);
    add(text, speech, speech.body("[[sim:status=429; retry=7]]", false), false);
    add(text, speech, speech.body("[[sim:context]]", false), false);
    add(text, speech, "[]", false);

    String file = speech.name().toLowerCase(Locale.ROOT) + ".txt";
    Golden.check(GOLDEN.resolve(file), text.toString());
  }

  private void add(StringBuilder text, Speech speech, String body, boolean stream) {
    var response = running.bytes(speech.calling(running, body, stream));
    text.append("POST ").append(speech.path(stream)).append('\n').append(body).append('\n');
    text.append("-> ").append(response.statusCode()).append(' ');
    text.append(response.headers().firstValue("content-type").orElse("")).append('\n');
    for (String name : new String[] {"retry-after", "x-amzn-errortype"}) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> text.append(name).append(": ").append(value).append('\n'));
    }
    if (stream && response.statusCode() == 200) {
      speech.events(response.body()).forEach(event -> text.append(event).append('\n'));
    } else {
      text.append(new String(response.body(), UTF_8)).append('\n');
    }
    text.append('\n');
  }

  /// The question that is scripted, with the tools of the script.
  private static String withTools(Speech speech, boolean stream) {
    String body = speech.body("find it", stream);
    String tools = tool(speech, "find_parcel") + "," + tool(speech, "open_ticket");
    String field =
        switch (speech) {
          case CHAT, RESPONSES, MESSAGES -> "\"tools\":[%s]";
          case GEMINI -> "\"tools\":[{\"functionDeclarations\":[%s]}]";
          case CONVERSE -> "\"toolConfig\":{\"tools\":[%s]}";
        };
    return with(body, field.formatted(tools));
  }

  private static String with(String body, String fields) {
    return fields.isEmpty()
        ? body
        : body.substring(0, body.length() - 1) + "," + fields.strip() + "}";
  }

  /// Asks for thoughts, where a dialect shows any.
  private static String thinking(Speech speech) {
    return switch (speech) {
      case CHAT -> "";
      case RESPONSES ->
          """
          "reasoning":{"effort":"low","summary":"auto"}\
          """;
      case MESSAGES ->
          """
          "thinking":{"type":"enabled","budget_tokens":1024}\
          """;
      case GEMINI ->
          """
          "generationConfig":{"thinkingConfig":{"thinkingBudget":99,"includeThoughts":true}}\
          """;
      case CONVERSE ->
          """
          "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":1024}}\
          """;
    };
  }

  private static String structured(Speech speech) {
    String schema =
        """
        {"type":"object","properties":{"id":{"type":"string"},"kilos":{"type":"number"}},\
        "required":["id","kilos"],"additionalProperties":false}\
        """;
    return switch (speech) {
      case CHAT ->
          """
          "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":%s}}\
          """
              .formatted(schema);
      case RESPONSES ->
          """
          "text":{"format":{"type":"json_schema","name":"a","schema":%s}}\
          """
              .formatted(schema);
      case MESSAGES ->
          """
          "output_config":{"format":{"type":"json_schema","schema":%s}}\
          """
              .formatted(schema);
      case GEMINI ->
          """
          "generationConfig":{"responseMimeType":"application/json","responseSchema":%s}\
          """
              .formatted(schema.replace("\"string\"", "\"STRING\"").replace("object", "OBJECT"));
      case CONVERSE ->
          """
          "outputConfig":{"textFormat":{"type":"json_schema",\
          "structure":{"jsonSchema":{"schema":%s}}}}\
          """
              .formatted(Text.quoted(schema));
    };
  }

  @ParameterizedTest
  @EnumSource
  void answersInTheShapeOfASchema(Speech speech) {
    String body = with(speech.body("Which parcel?", false), structured(speech));
    var response = running.bytes(speech.calling(running, body, false));

    assertThat(new String(response.body(), UTF_8).replace("\\", ""))
        .contains("{\"id\":\"text\",\"kilos\":0}");
  }

  private static String tool(Speech speech, String name) {
    String schema =
        """
        {"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}\
        """;
    String shape =
        switch (speech) {
          case CHAT ->
              """
              {"type":"function","function":{"name":"%s","parameters":%s}}\
              """;
          case RESPONSES ->
              """
              {"type":"function","name":"%s","parameters":%s}\
              """;
          case MESSAGES ->
              """
              {"name":"%s","input_schema":%s}\
              """;
          case GEMINI ->
              """
              {"name":"%s","parameters":%s}\
              """;
          case CONVERSE ->
              """
              {"toolSpec":{"name":"%s","inputSchema":{"json":%s}}}\
              """;
        };
    return shape.formatted(name, schema);
  }

  @Test
  void streamsGeminiAsOneArrayUnlessEventsAreAskedFor() {
    String path = "/v1beta/models/claude:streamGenerateContent";
    for (String markers : new String[] {"tokens=3", "error=0", "error=2", "huge=9"}) {
      String body = Speech.GEMINI.body("[[sim:" + markers + "]]", true);
      var response = running.bytes(running.request(path, body).build());

      var array = Text.JSON.readTree(new String(response.body(), UTF_8));
      assertThat(array.isArray()).as(markers).isTrue();
      assertThat(array.path(array.size() - 1).has("error")).isEqualTo(markers.startsWith("error"));
    }
  }

  @Test
  void answersAtAzuresAddressesWhenTheVersionIsNamed() {
    String path = "/openai/deployments/claude/chat/completions";
    String body = Speech.CHAT.body("hello", false).replace("\"claude\"", "\"whatever\"");

    var versioned = running.request(path + "?api-version=2026-01-01", body);
    assertThat(running.bytes(versioned.header("api-key", "any").build()).statusCode())
        .isEqualTo(200);
    assertThat(running.line().model()).isEqualTo("claude");
    assertThat(running.bytes(running.request(path, body).build()).statusCode()).isEqualTo(404);
    assertThat(
            running
                .bytes(
                    running
                        .request("/openai/v1/responses", Speech.RESPONSES.body("a", false))
                        .build())
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models,                '{\"data\":[{\"id\":\"plain\",\"object\":\"model\"'",
    "/openai/models,            '{\"data\":[{\"id\":\"plain\",\"object\":\"model\"'",
    "/v1/models/claude,         '{\"id\":\"claude\",\"object\":\"model\"'",
    "/v1beta/models,            '{\"models\":[{\"name\":\"models/plain\"'",
    "/v1beta/models/claude,     '{\"name\":\"models/claude\"'",
    "/foundation-models,        '{\"modelSummaries\":[{\"modelId\":\"plain\"'",
    "/foundation-models/claude, '{\"modelDetails\":{\"modelId\":\"claude\"'"
  })
  void listsItsModels(String path, String beginning) {
    assertThat(running.send("GET", path).body()).startsWith(beginning);
    assertThat(running.send("GET", path + "/none").statusCode()).isEqualTo(404);
  }

  @Test
  void listsItsModelsForAnthropicsClients() {
    var request =
        running
            .request("/v1/models?limit=1000", "")
            .GET()
            .header("anthropic-version", "2023-06-01");

    assertThat(new String(running.bytes(request.build()).body(), UTF_8))
        .startsWith("{\"data\":[{\"type\":\"model\",\"id\":\"plain\"")
        .contains("\"has_more\":false");
  }
}
