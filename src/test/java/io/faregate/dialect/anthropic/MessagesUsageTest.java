package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.ReportedUsage;
import io.faregate.money.Usage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesUsageTest {
  private static final String MESSAGE =
      "{\"type\":\"message\",\"input_tokens\":23000,\"output_tokens\":1000}";

  private static final String COMPACTION =
      "{\"type\":\"compaction\",\"input_tokens\":180000,\"output_tokens\":3500}";

  /// The numbers are those of Anthropic's page "Compaction".
  @Test
  void countsTheSummariesThatTheModelWroteBesideItsAnswer() {
    var usage = reported(COMPACTION + "," + MESSAGE);

    assertThat(usage.usage()).isEqualTo(Usage.of(203_000, 4_500));
    assertThat(usage.otherModels()).isFalse();
  }

  @Test
  void countsWhatASummaryReadFromTheCacheAndWroteToIt() {
    var usage =
        reported(
            """
            {"type":"compaction","input_tokens":1,"output_tokens":2,"cache_read_input_tokens":3,\
            "cache_creation_input_tokens":9,\
            "cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":5}}\
            """);

    assertThat(usage.usage()).isEqualTo(new Usage(23_001, 3, 4, 5, 1_002, 0));
  }

  @ParameterizedTest
  @CsvSource({"600, 600", "1001, 1000", "null, 0"})
  void tellsHowMuchOfItsOutputWasThought(String told, long reasoning) {
    var details =
        "],\"output_tokens_details\":{\"new\":[1],\"thinking_tokens\":" + told + "},\"x\":[";

    assertThat(reported(details).usage()).isEqualTo(new Usage(23_000, 0, 0, 0, 1_000, reasoning));
  }

  @Test
  void countsNoSamplingThatIsInTheSumAlready() {
    assertThat(reported(MESSAGE).usage()).isEqualTo(Usage.of(23_000, 1_000));
    assertThat(reported(MESSAGE).otherModels()).isFalse();
    assertThat(reported("").usage()).isEqualTo(Usage.of(23_000, 1_000));
    assertThat(reported("null,7,[" + COMPACTION + "]").usage()).isEqualTo(Usage.of(23_000, 1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // An advisor.
        "{\"type\":\"advisor_message\",\"model\":\"dear\",\"input_tokens\":500000,"
            + "\"output_tokens\":9}",
        "{\"type\":\"advisor_message\",\"cache_read_input_tokens\":1}",
        // One model that declined, and another that answered.
        "{\"type\":\"message\",\"model\":\"a\",\"input_tokens\":535,\"output_tokens\":0},"
            + "{\"type\":\"fallback_message\",\"model\":\"b\",\"input_tokens\":1}",
        "{\"type\":\"fallback_message\",\"input_tokens\":1},{\"type\":\"message\","
            + "\"input_tokens\":535}",
        "{\"type\":\"of_tomorrow\",\"output_tokens\":1}",
        "{\"output_tokens\":1}",
      })
  void tellsThatOtherModelsUsedTokensToo(String iterations) {
    assertThat(reported(iterations).otherModels()).isTrue();
    assertThat(reported(iterations).usage()).isEqualTo(Usage.of(23_000, 1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"advisor_message\",\"input_tokens\":0,\"output_tokens\":0}",
        "{\"type\":\"fallback_message\",\"model\":\"b\",\"input_tokens\":23000,"
            + "\"output_tokens\":1000}",
      })
  void hasNothingToTellOfAModelThatUsedNoneOrAnsweredAlone(String iterations) {
    assertThat(reported(iterations).otherModels()).isFalse();
    assertThat(reported(iterations).usage()).isEqualTo(Usage.of(23_000, 1_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"compaction\",\"input_tokens\":-1,\"output_tokens\":1}",
        "{\"type\":\"compaction\",\"input_tokens\":1,\"output_tokens\":\"many\"}",
        "{\"type\":\"compaction\",\"input_tokens\":1}",
      })
  void contradictsItselfWhereASummaryUsedWhatCannotBe(String iterations) {
    assertThat(answer(iterations).usage()).isEmpty();
    assertThat(answer(iterations).usageContradicts()).isTrue();
  }

  @Test
  void addsUpNoMoreSummariesThanCanBe() {
    var most = "{\"type\":\"compaction\",\"input_tokens\":0,\"output_tokens\":1099511627776}";

    var many = IntStream.range(0, 9).mapToObj(_ -> most).collect(Collectors.joining(","));

    assertThat(answer(many).usageContradicts()).isTrue();
  }

  @Test
  void theLastIterationsOfAStreamHold() {
    var reader = new MessagesStream(false);
    var begun =
        """
        data: {"type":"message_start","message":{"type":"message","model":"m",\
        "usage":{"input_tokens":23000,"output_tokens":1,"iterations":[%s]}}}

        """
            .formatted(COMPACTION);
    var ended =
        """
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},\
        "usage":{"output_tokens":1000,"iterations":[%s,%s,%s]}}

        """
            .formatted(COMPACTION, COMPACTION, MESSAGE);
    var after =
        """
        data: {"type":"message_delta","delta":{},"usage":{"iterations":null}}

        """;

    assertThat(reader.relay((begun + ended + after).getBytes(UTF_8))).isNotEmpty();

    assertThat(reader.answer().usage().orElseThrow().usage())
        .isEqualTo(Usage.of(23_000 + 2 * 180_000, 1_000 + 2 * 3_500));
  }

  private static ReportedUsage reported(String iterations) {
    return answer(iterations).usage().orElseThrow();
  }

  private static Answer answer(String iterations) {
    var body =
        """
        {"type":"message","model":"m","content":[{"type":"text","text":"hi"}],\
        "usage":{"input_tokens":23000,"output_tokens":1000,"iterations":[%s]}}\
        """
            .formatted(iterations);
    return new AnthropicMessages()
        .answer(body.getBytes(UTF_8), new Asked(true, false, body.length()));
  }
}
