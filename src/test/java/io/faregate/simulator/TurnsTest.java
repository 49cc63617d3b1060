package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.simulator.tongue.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// `examples/simulator/agents.yaml`, played as the agents play it.
class TurnsTest {
  private static final String QUESTION = "Please count the lines of notes.txt.";

  private final RunningProvider running =
      new RunningProvider(RunningProvider.settings().withTurns(Turns.read(example())));

  @AfterEach
  void stop() {
    running.close();
  }

  private static String example() {
    try {
      return Files.readString(Path.of("examples", "simulator", "agents.yaml"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private JsonNode answer(String path, String body) {
    var response = running.bytes(running.request(path, body).build());
    return Text.JSON.readTree(new String(response.body(), UTF_8));
  }

  private JsonNode message(ArrayNode messages) {
    return answer(
        "/v1/messages",
        """
        {"model":"claude","max_tokens":999,"messages":%s,
         "tools":[{"name":"Bash","input_schema":{"type":"object"}}]}\
        """
            .formatted(messages));
  }

  private JsonNode response(ArrayNode input) {
    return answer(
        "/v1/responses",
        """
        {"model":"claude","store":false,"input":%s,
         "tools":[{"type":"function","name":"exec_command","parameters":{"type":"object"}}]}\
        """
            .formatted(input));
  }

  private static ArrayNode asked() {
    ArrayNode messages = Text.JSON.createArrayNode();
    messages.addObject().put("role", "user").put("content", QUESTION);
    return messages;
  }

  /// Adds an answer and what the tools say to it.
  private static void go(ArrayNode messages, JsonNode answer, String result) {
    messages.addObject().put("role", "assistant").set("content", answer.path("content"));
    ArrayNode results = messages.addObject().put("role", "user").putArray("content");
    for (JsonNode block : answer.path("content")) {
      if (block.path("type").asString().equals("tool_use")) {
        results
            .addObject()
            .put("type", "tool_result")
            .put("tool_use_id", block.path("id").asString())
            .put("content", result);
      }
    }
  }

  @Test
  void playsASessionOfMessages() {
    ArrayNode messages = asked();
    JsonNode first = message(messages);
    assertThat(message(messages).path("content")).isEqualTo(first.path("content"));
    assertThat(first.path("content")).hasSize(3);
    assertThat(first.path("content").path(1).path("input").path("command").asString())
        .isEqualTo("wc -l < notes.txt");

    go(messages, first, "3");
    JsonNode second = message(messages);
    assertThat(second.path("content").path(0).path("text").asString()).startsWith("Three lines.");
    assertThat(second.path("stop_reason").asString()).isEqualTo("tool_use");

    go(messages, second, "");
    JsonNode third = message(messages);
    assertThat(third.path("content").path(0).path("text").asString()).contains("in count.txt");
    assertThat(third.path("stop_reason").asString()).isEqualTo("end_turn");
  }

  @Test
  void playsASessionOfResponses() {
    ArrayNode input = asked();
    for (String result : new String[] {"3\n", ""}) {
      JsonNode output = response(input).path("output");
      output.forEach(input::add);
      JsonNode call = output.path(output.size() - 1);
      assertThat(call.path("name").asString()).isEqualTo("exec_command");
      input
          .addObject()
          .put("type", "function_call_output")
          .put("call_id", call.path("call_id").asString())
          .put("output", result);
    }

    assertThat(response(input).path("output").path(0).toString()).contains("in count.txt");
  }

  @Test
  void callsToolsInTheNamespaceInWhichAnItemOffersThem() {
    ArrayNode input = asked();
    input.addObject().put("type", "additional_tools").put("role", "developer").set("tools", exec());
    var body = "{\"model\":\"claude\",\"store\":false,\"input\":%s}".formatted(input);

    JsonNode call = answer("/v1/responses", body).path("output").path(1);
    assertThat(call.path("type").asString()).isEqualTo("custom_tool_call");
    assertThat(call.path("namespace").asString()).isEqualTo("functions");
    assertThat(call.path("name").asString()).isEqualTo("exec");
    assertThat(call.path("input").asString()).contains("wc -l < notes.txt");
  }

  private static JsonNode exec() {
    return Text.JSON.readTree(
        """
        [{"type":"namespace","name":"functions","tools":[{"type":"custom","name":"exec"}]}]\
        """);
  }

  @Test
  void refusesToGoOnWhenAToolFailed() {
    ArrayNode messages = asked();
    go(messages, message(messages), "no such file");

    assertThat(message(messages).path("error").path("message").asString())
        .contains("turn 1")
        .contains("answers \"3\"");
  }

  @ParameterizedTest
  @EnumSource
  void answersAsUsualWhereNoToolIsOffered(Speech speech) {
    var response = running.bytes(speech.call(running, QUESTION, false));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), UTF_8)).doesNotContain("I will count");
  }

  @ParameterizedTest
  @CsvSource({
    "'conversations: [', not YAML",
    "'[]', the file must be a map",
    "'turns: []', the file has `turns`; known are conversations",
    "'conversations: [{ when: a }]', conversations[0] needs turns",
    "'conversations: [{ turns: [{ calls: [{}] }] }]',"
        + " conversations[0].turns[0].calls[0] needs a tool",
    "'conversations: [{ turns: [{ say: 3 }] }]',"
        + " conversations[0].turns[0].say must be a text; quote it",
    "'conversations: [{ dialect: latin, turns: [{ say: salve }] }]',"
        + " 'conversations[0].dialect is `latin`; known are chat, converse, gemini, messages,"
        + " responses'"
  })
  void namesThePlaceOfAMistake(String script, String message) {
    assertThatThrownBy(() -> Turns.read(script))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
