package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.translate.Wire.Pair;
import io.faregate.money.Usage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Refusals of Anthropic's, to a client of its own dialect and to one that is translated.
class FreeRefusalTest {
  private static final Pair TRANSLATED = new Pair(Protocol.CHAT, Api.ANTHROPIC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"type\":\"refusal\",\"category\":null,\"explanation\":null}",
        "{\"type\":\"refusal\",\"category\":\"cyber\",\"explanation\":\"no\"}",
        "{\"type\":\"refusal\",\"category\":\"general_harms\"}",
      })
  void costsNothingBeforeAnyOutput(String details) {
    assertThat(answers("refusal", details, 0))
        .extracting(FreeRefusalTest::used)
        .containsOnly(Usage.NONE);
    assertThat(answers("refusal", details, 0))
        .allMatch(answer -> answer.textBytes() == 0 && answer.complete());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bio", "frontier_llm", "reasoning_extraction", "of_tomorrow"})
  void isBilledInCategoriesThatAre(String category) {
    var details = "{\"type\":\"refusal\",\"category\":\"" + category + "\"}";

    assertThat(answers("refusal", details, 0))
        .extracting(FreeRefusalTest::used)
        .containsOnly(Usage.of(412, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"type\":\"refusal\",\"category\":\"cyber\"}"})
  void isBilledOnceSomethingWasWritten(String details) {
    assertThat(answers("refusal", details, 7))
        .extracting(FreeRefusalTest::used)
        .containsOnly(Usage.of(412, 7));
    assertThat(answers("end_turn", details, 0))
        .extracting(FreeRefusalTest::used)
        .containsOnly(Usage.of(412, 0));
  }

  private static Usage used(Answer answer) {
    return answer.usage().orElseThrow().usage();
  }

  private static List<Answer> answers(String reason, String details, int output) {
    var end = "\"stop_reason\":\"%s\",\"stop_details\":%s".formatted(reason, details);
    var whole =
        """
        {"id":"msg_1","type":"message","model":"m","content":[],%s,\
        "usage":{"input_tokens":412,"output_tokens":%d}}\
        """
            .formatted(end, output);
    var stream =
        """
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","model":"m",\
        "content":[],"stop_reason":null,"usage":{"input_tokens":412,"output_tokens":0}}}

        data: {"type":"message_delta","delta":{%s},"usage":{"output_tokens":%d}}

        data: {"type":"message_stop"}

        """
            .formatted(end, output);
    var straight = new AnthropicMessages();
    var reader = straight.stream(Asked.NOTHING);
    var translating = TRANSLATED.reader();
    assertThat(reader.relay(stream.getBytes(UTF_8))).isNotEmpty();
    assertThat(translating.relay(stream.getBytes(UTF_8))).isNotEmpty();
    return List.of(
        straight.answer(whole.getBytes(UTF_8), Asked.NOTHING),
        reader.answer(),
        TRANSLATED.carry(TRANSLATED.request()).answer(whole.getBytes(UTF_8)).answer(),
        translating.answer());
  }
}
