package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.Seeds;
import io.faregate.dialect.Answer;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.StreamReader;
import io.faregate.money.Usage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
  private static final String ROLE =
      """
      data: {"id":"1","model":"m-1",\
      "choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}

      """;
  private static final String HELLO =
      """
      data: {"id":"1","model":"m-1",\
      "choices":[{"index":0,"delta":{"content":"Héllo"}}],"usage":null}

      """;
  private static final String TOOL =
      """
      data: {"id":"1","choices":[{"index":0,"delta":\
      {"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":1}"}}]}}],\
      "usage":null}

      """;
  private static final String STOP =
      """
      data: {"id":"1",\
      "choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

      """;
  private static final String USAGE =
      """
      data: {"id":"1","service_tier":"flex",\
      "choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}

      """;
  private static final String DONE = "data: [DONE]\n\n";
  private static final String USUAL = ROLE + HELLO + TOOL + STOP + USAGE + DONE;

  @Test
  void relaysTheSameWhereverTheStreamIsCut() {
    for (var stream : new String[] {USUAL, crlf(USUAL), cr(USUAL)}) {
      for (var asked : new boolean[] {true, false}) {
        var bytes = stream.getBytes(UTF_8);
        var whole = new ChatStream(asked);
        var expected = relay(whole, bytes);
        for (int cut = 1; cut < bytes.length; cut++) {
          var reader = new ChatStream(asked);
          var relayed =
              relay(
                  reader,
                  Arrays.copyOfRange(bytes, 0, cut),
                  Arrays.copyOfRange(bytes, cut, bytes.length));
          assertThat(relayed).as("cut at %d", cut).isEqualTo(expected);
          assertThat(reader.answer()).isEqualTo(whole.answer());
        }
      }
    }
  }

  @Test
  void relaysTheSameInPiecesOfAnySize() {
    var bytes = USUAL.getBytes(UTF_8);
    var expected = relay(new ChatStream(false), bytes);
    Seeds.each(
        300,
        chance -> {
          var reader = new ChatStream(false);
          var relayed = new ByteArrayOutputStream();
          for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + chance.nextInt(40));
            relayed.writeBytes(reader.relay(Arrays.copyOfRange(bytes, from, to)));
            from = to;
          }
          assertThat(relayed.toString(UTF_8)).isEqualTo(expected);
        });
  }

  @Test
  void relaysEveryByteToAClientThatAskedForUsage() {
    assertThat(relay(new ChatStream(true), USUAL)).isEqualTo(USUAL);
    assertThat(relay(new ChatStream(true), crlf(USUAL))).isEqualTo(crlf(USUAL));
  }

  @Test
  void hidesUsageThatTheClientDidNotAskFor() {
    assertThat(relay(new ChatStream(false), USUAL))
        .isEqualTo((ROLE + HELLO + TOOL + STOP).replace(",\"usage\":null", "") + DONE);
  }

  @Test
  void takesALastEventThatLacksItsEmptyLineForAnEvent() {
    for (var stream : new String[] {USUAL, crlf(USUAL), cr(USUAL)}) {
      for (int lacking = 1; lacking <= stream.length() - stream.lastIndexOf(']') - 1; lacking++) {
        var reader = new ChatStream(true);
        var relayed = relay(reader, stream.substring(0, stream.length() - lacking));
        assertThat(relayed).isEqualTo(stream.substring(0, stream.lastIndexOf("data:")));

        assertThat(new String(reader.end(), UTF_8)).startsWith("data: [DONE]");
        assertThat(reader.answer().complete()).isTrue();
      }
    }
  }

  @Test
  void relaysNothingOfALastEventThatIsCut() {
    var reader = new ChatStream(true);
    hear(reader, ROLE + HELLO + HELLO.substring(0, 40));

    assertThatExceptionOfType(DialectException.class).isThrownBy(reader::end);
    assertThat(reader.answer().complete()).isFalse();
  }

  @Test
  void relaysNothingOfWhatIsNoEventAtTheEnd() {
    for (var rest : new String[] {"", "\n", ": a comment", "event: message", "{\"error\":{}}"}) {
      var reader = new ChatStream(true);
      hear(reader, USUAL + rest);

      assertThat(reader.end()).isEmpty();
      assertThat(reader.answer().complete()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"error\":{\"message\":\"no\"}}", "{\"cut", "{\"choices\":[{]}", "[DONE]"})
  void whateverFollowsTheEndIsNoPartOfTheAnswer(String data) {
    var whole = new ChatStream(true);
    hear(whole, USUAL);
    for (var asked : new boolean[] {true, false}) {
      var expected = relay(new ChatStream(asked), USUAL);
      var together = new ChatStream(asked);
      var apart = new ChatStream(asked);

      assertThat(relay(together, USUAL + "data: " + data + "\n\n")).isEqualTo(expected);
      assertThat(relay(apart, USUAL, "data: " + data + "\n\n")).isEqualTo(expected);
      assertThat(together.answer()).isEqualTo(whole.answer());
      assertThat(apart.answer()).isEqualTo(whole.answer());
    }
  }

  @Test
  void readsUsageThatComesLate() {
    var reader = new ChatStream(true);

    assertThat(relay(reader, HELLO + STOP + DONE, USAGE)).endsWith(DONE + USAGE);
    assertThat(reader.answer().usage().orElseThrow().usage()).isEqualTo(Usage.of(9, 3));
  }

  @Test
  void readsWhatTheStreamSays() {
    for (var stream : new String[] {USUAL, crlf(USUAL), cr(USUAL)}) {
      var reader = new ChatStream(false);
      hear(reader, stream);
      var answer = reader.answer();
      assertThat(answer.usage().orElseThrow().usage()).isEqualTo(Usage.of(9, 3));
      assertThat(answer.usage().orElseThrow().raw())
          .isEqualTo("{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}");
      assertThat(answer.modelServed()).isEqualTo("m-1");
      assertThat(answer.service().tier()).isEqualTo("flex");
      assertThat(answer.pieces()).isEqualTo(2);
      assertThat(answer.textBytes()).isGreaterThanOrEqualTo("Héllo{\"a\":1}".length());
      assertThat(answer.complete()).isTrue();
      assertThat(answer.failure()).isNull();
    }
  }

  @Test
  void holdsOpeningEventsUntilContentComes() {
    var reader = new ChatStream(true);
    assertThat(relay(reader, ": waiting\n\n", ROLE, ROLE)).isEmpty();
    assertThat(reader.started()).isFalse();
    assertThat(relay(reader, HELLO)).isEqualTo(": waiting\n\n" + ROLE + ROLE + HELLO);
    assertThat(reader.started()).isTrue();
    assertThat(relay(reader, ": still there\n\n")).isEqualTo(": still there\n\n");
  }

  @Test
  void letsAnEmptyAnswerOutAtItsEnd() {
    assertThat(relay(new ChatStream(true), ROLE, DONE)).isEqualTo(ROLE + DONE);
    assertThat(relay(new ChatStream(true), ROLE, STOP)).isEqualTo(ROLE + STOP);
  }

  @Test
  void keepsAnErrorBeforeContentFromTheClient() {
    var reader = new ChatStream(true);
    var error = "data: {\"error\":{\"message\":\"no\",\"code\":\"overloaded\"}}\n\n";
    assertThat(relay(reader, ROLE, error, DONE)).isEmpty();
    assertThat(reader.started()).isFalse();
    assertThat(reader.answer().failure()).isEqualTo("overloaded");
    assertThat(reader.answer().complete()).isFalse();
  }

  @Test
  void relaysAnErrorAfterContent() {
    var reader = new ChatStream(false);
    var error = "data: {\"error\":{\"message\":\"no\",\"code\":502}}\n\n";
    assertThat(relay(reader, HELLO, error)).endsWith(error);
    assertThat(reader.answer().failure()).isEqualTo("error");
  }

  @Test
  void isNotCompleteWithoutItsEnd() {
    var reader = new ChatStream(false);
    hear(reader, ROLE + HELLO + STOP + USAGE);
    assertThat(reader.answer().complete()).isFalse();
    assertThat(reader.answer().usage()).isPresent();
  }

  @Test
  void takesTheWordDoneOnlyAlone() {
    var reader = new ChatStream(false);
    hear(reader, HELLO.replace("Héllo", "data: [DONE]"));
    assertThat(reader.answer().complete()).isFalse();
    hear(reader, "data:[DONE]\r\n\r\n");
    assertThat(reader.answer().complete()).isTrue();
  }

  @Test
  void readsAnEventOfSeveralLines() {
    for (var end : new String[] {"\n", "\r\n", "\r"}) {
      var reader = new ChatStream(true);
      var event =
          "event: chunk\ndata: {\"choices\":[{\"delta\":\ndata: {\"content\":\"x\"}}]}\nid: 7\n\n"
              .replace("\n", end);
      assertThat(relay(reader, event)).isEqualTo(event);
      assertThat(reader.started()).isTrue();
    }
  }

  @Test
  void takesNoCommentForAChunk() {
    var reader = new ChatStream(true);
    assertThat(relay(reader, ": see data: {\n" + HELLO, "data:\n\n", "\n\n")).endsWith("\n\n\n\n");
    assertThat(reader.answer().pieces()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\": \"12345\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\",\"reasoning\":\"12345\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"12\",\"reasoning_content\":\"345\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"12\"}},{\"delta\":{\"content\":\"345\"}}]}",
        "{\"choices\":[{\"delta\":{\"refusal\":\"12345\"}}]}",
        "{\"choices\":[{\"delta\":{\"thoughts\":\"12345\"}}]}",
      })
  void countsEveryTextThatAModelWrites(String chunk) {
    var reader = new ChatStream(true);
    hear(reader, HELLO);
    var before = reader.answer().textBytes();
    hear(reader, "data: " + chunk + "\n\n");
    assertThat(reader.answer().textBytes() - before).isEqualTo(5);
    assertThat(reader.answer().pieces()).isEqualTo(2);
  }

  @Test
  void keepsTheNamesThatItKnows() {
    var reader = new ChatStream(true);
    hear(
        reader,
        "data: {\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[]}\n\n",
        HELLO.replace("\"id\"", "\"service_tier\":\"flex\",\"id\""),
        USAGE.replace("\"flex\"", "null"));
    assertThat(reader.answer().modelServed()).isEqualTo("m-1");
    assertThat(reader.answer().service().tier()).isEqualTo("flex");
  }

  @Test
  void believesTheHighestOfRepeatedUsage() {
    assertThat(usage("9,\"completion_tokens\":1", "9,\"completion_tokens\":2"))
        .isEqualTo(Usage.of(9, 2));
    assertThat(usage("9,\"completion_tokens\":5", "9,\"completion_tokens\":2"))
        .isEqualTo(Usage.of(9, 5));
    assertThat(usage("9,\"completion_tokens\":5", "9")).isEqualTo(Usage.of(9, 5));
  }

  @Test
  void readsUsageBesideChoicesAndRelaysThem() {
    var reader = new ChatStream(false);
    var both = HELLO.replace("null", "{\"prompt_tokens\":4,\"completion_tokens\":1}");
    assertThat(relay(reader, both)).isEqualTo(both);
    assertThat(reader.answer().usage().orElseThrow().usage()).isEqualTo(Usage.of(4, 1));
  }

  @Test
  void readsUsageThatStandsInAChoice() {
    var stop =
        """
        data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":\
        {"prompt_tokens":9,"completion_tokens":3,"total_tokens":12,"cached_tokens":4}}]}

        """;
    var reader = new ChatStream(false);

    hear(reader, ROLE + HELLO, stop, DONE);

    assertThat(usage(reader.answer())).isEqualTo(new Usage(5, 4, 0, 0, 3, 0));
    assertThat(reader.answer().complete()).isTrue();
  }

  @Test
  void takesNoUsageFromWhatTheModelWrote() {
    var reader = new ChatStream(false);
    var text = HELLO.replace("Héllo", "\\\"usage\\\":{\\\"prompt_tokens\\\":1} \\\"error\\\":1");
    hear(reader, HELLO, text);
    assertThat(reader.answer().usage()).isEmpty();
    assertThat(reader.answer().failure()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "1", "{} {}", "nonsense", "{\"choices\":[{]}"})
  void refusesMalformedEventsBeforeContent(String data) {
    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> new ChatStream(true).relay(("data: " + data + "\n\n").getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"a",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}"
      })
  void refusesTextInAnEventThatIsCutAfterContent(String data) {
    var reader = new ChatStream(true);
    hear(reader, HELLO);

    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> reader.relay(("data: " + data + "\n\n").getBytes(UTF_8)));
  }

  @Test
  void refusesTextThatIsNoUtf8() {
    var reader = new ChatStream(true);
    hear(reader, HELLO);

    // The é of HELLO is one byte there, and so not UTF-8.
    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> reader.relay(HELLO.getBytes(ISO_8859_1)));
  }

  @Test
  void refusesAnEventThatNeverEnds() {
    var reader = new ChatStream(true);
    hear(reader, HELLO);
    var piece = "data: ".repeat(10_000).getBytes(UTF_8);
    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(reader.relay(piece)).isEmpty();
          }
        })
        .withMessageContaining("16 MiB");
  }

  @Test
  void refusesAnOpeningThatNeverComesToContent() {
    var reader = new ChatStream(true);
    var comment = (": " + "x".repeat(1_000) + "\n\n").getBytes(UTF_8);
    assertThatExceptionOfType(DialectException.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 2_000; i++) {
            assertThat(reader.relay(comment)).isEmpty();
          }
        })
        .withMessageContaining("1 MiB");
  }

  @Test
  void relaysAFirstContentThatIsLargerThanAnOpeningMayBe() {
    var call = TOOL.replace("1}", "\\\"" + "x".repeat(2 * 1024 * 1024) + "\\\"}");

    assertThat(relay(new ChatStream(true), ROLE, call)).isEqualTo(ROLE + call);
  }

  @Test
  void throwsNothingButItsOwnExceptionWhateverComes() {
    Seeds.each(
        2_000,
        chance -> {
          var bytes = USUAL.getBytes(UTF_8);
          for (int i = 0; i < 1 + chance.nextInt(5); i++) {
            bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
          }
          try {
            assertThat(new ChatStream(chance.nextBoolean()).relay(bytes)).isNotNull();
          } catch (DialectException refused) {
            assertThat(refused).hasMessageNotContaining("Héllo");
          }
        });
  }

  private static Usage usage(String... prompts) {
    var reader = new ChatStream(true);
    for (var prompt : prompts) {
      hear(reader, HELLO.replace("null", "{\"prompt_tokens\":" + prompt + "}"));
    }
    return usage(reader.answer());
  }

  private static Usage usage(Answer answer) {
    return answer.usage().orElseThrow().usage();
  }

  private static void hear(StreamReader reader, String... pieces) {
    assertThat(relay(reader, pieces)).isNotNull();
  }

  private static String relay(StreamReader reader, String... pieces) {
    return relay(
        reader, Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new));
  }

  private static String relay(StreamReader reader, byte[]... pieces) {
    var relayed = new ByteArrayOutputStream();
    for (var piece : pieces) {
      relayed.writeBytes(reader.relay(piece));
    }
    return relayed.toString(UTF_8);
  }

  private static String crlf(String stream) {
    return stream.replace("\n", "\r\n");
  }

  private static String cr(String stream) {
    return stream.replace("\n", "\r");
  }
}
