package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What a model says, as items of an OpenAI response.
class ResponsesTextTest {
  private static final Pair PAIR = new Pair(Protocol.RESPONSES, Api.GEMINI);

  @Test
  void textsThatFollowEachOtherAreOneMessageAsInAStream() {
    var parts =
        """
        {"text":"hm","thought":true},{"text":"so","thought":true},{"text":"{\\"a\\":"},\
        {"thoughtSignature":"c2ln","text":""},{"text":"1}"},{"functionCall":{"name":"f"}},\
        {"text":"done"}\
        """;
    var answer =
        """
        {"candidates":[{"content":{"parts":[%s]},"finishReason":"STOP"}],\
        "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1}}\
        """
            .formatted(parts);

    var body = PAIR.carry(PAIR.request()).answer(answer.getBytes(UTF_8)).body();

    var output = new JsonMapper().readTree(body).path("output");
    assertThat(output.valueStream().map(item -> item.path("type").asString()))
        .containsExactly("reasoning", "message", "function_call", "message");
    assertThat(output.findValuesAsString("text")).containsExactly("hmso", "{\"a\":1}", "done");
  }

  /// OpenAI's types for Python ask for it.
  @Test
  void eachTextOfAStreamHasAListOfProbabilities() {
    var said = new String(PAIR.reader().relay(PAIR.stream()), UTF_8);

    var texts =
        said.lines().filter(line -> line.startsWith("data: {\"type\":\"response.output_text"));
    assertThat(texts).isNotEmpty().allMatch(line -> line.contains("\"logprobs\":[]"));
  }
}
