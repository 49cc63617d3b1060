package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.Seeds;
import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiResponses;
import io.faregate.dialect.translate.Wire.Pair;
import io.faregate.dialect.translate.loss.LossTable;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// What providers and clients send that is cut, broken or made to hurt: one plain refusal, never a
/// false end, never any other exception, and no more memory than the caps say. The golden documents
/// are the seeds that chance is let loose on.
class HostileWireTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MIB = 1024 * 1024;

  static List<Pair> pairs() {
    return Pair.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aStreamThatIsCutAnywhereIsNeverComplete(Pair pair) {
    var stream = pair.stream();
    var whole = new Told(pair, stream);
    assertThat(whole.ends()).isEqualTo(1);
    for (int cut = 0; cut < stream.length; cut += 1 + cut % 3) {
      var told = new Told(pair, Arrays.copyOf(stream, cut));
      if (told.reader.answer().complete()) {
        assertThat(told.text()).as("cut at %d", cut).isEqualTo(whole.text());
      } else {
        assertThat(told.ends()).as("cut at %d", cut).isZero();
        told.givesOneError(pair);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aStreamThatIsDamagedSaysNoMoreThanOneEnd(Pair pair) {
    var stream = pair.stream();
    Seeds.each(
        300,
        chance -> {
          var told = new Told(pair, damaged(stream, chance));
          assertThat(told.ends() + told.errors()).isLessThanOrEqualTo(1);
          assertThat(told.ends()).isEqualTo(told.reader.answer().complete() ? 1 : 0);
          told.isWellFormed();
          if (told.ends() + told.errors() == 0) {
            told.givesOneError(pair);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whateverFollowsTheEndIsNoPartOfTheAnswer(Pair pair) {
    var reader = pair.reader();
    var tooMuch = new byte[18 * MIB];
    Arrays.fill(tooMuch, (byte) 'x');
    var all = new ByteArrayOutputStream();
    all.writeBytes(pair.stream());
    all.writeBytes(tooMuch);

    assertThat(reader.relay(all.toByteArray())).isEqualTo(pair.reader().relay(pair.stream()));
    assertThat(reader.relay(tooMuch)).isEmpty();
    assertThat(reader.end()).isEmpty();
    assertThat(reader.answer().complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void damagedDocumentsAreReadOrRefused(Pair pair) {
    var carried = pair.carry(pair.request());
    Seeds.each(
        300,
        chance -> {
          refusedOrNot(() -> {
            var _ = pair.carry(new String(damaged(pair.request().getBytes(UTF_8), chance), UTF_8));
          });
          refusedOrNot(() -> {
            var answer = carried.answer(damaged(pair.answer(), chance));
            assertThat(JSON.readTree(answer.body()).isObject()).isTrue();
          });
          var refused = carried.refused(400 + chance.nextInt(200), damaged(pair.error(), chance));
          assertThat(JSON.readTree(refused.body()).path("error").isObject()).isTrue();
          assertThat(refused.status()).isBetween(400, 599);
        });
  }

  /// Found by Jazzer: `system[].text` as the name of a member is a row of the table by chance.
  @ParameterizedTest
  @MethodSource("pairs")
  void aWordOfTheClientThatIsARowOfTheTableIsReadOrRefused(Pair pair) {
    for (var field : LossTable.of(pair.client()).keySet()) {
      refusedOrNot(() -> {
        var _ = pair.carry("{\"" + field + "\":[],\"model\":\"m\"}");
      });
      for (var place : List.of("input", "messages", "tools")) {
        var word = field.substring(field.lastIndexOf('.') + 1);
        refusedOrNot(() -> {
          var _ =
              pair.carry(
                  """
                  {"model":"m","%s":[{"type":"%s","role":"user"},{"type":"%s","role":"user"}]}\
                  """
                      .formatted(place, field, word));
        });
      }
    }
  }

  /// The checksums of its frames cover every byte of an event stream.
  @Test
  void aFlippedBitAnywhereInAnEventStreamIsNoticed() {
    var pair = new Pair(Protocol.CHAT, Api.BEDROCK);
    var stream = pair.stream();
    for (int at = 0; at < stream.length; at++) {
      var flipped = stream.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      var told = new Told(pair, flipped);
      assertThat(told.reader.answer().complete()).as("byte %d flipped", at).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anEventWithoutEndIsGivenUpAtItsCap(Pair pair) {
    var reader = pair.reader();
    var start =
        pair.provider() == Api.BEDROCK
            ? new byte[] {0, (byte) 0xF0, 0, 0, 0, 0, 0, 0}
            : "data: {\"a\":\"".getBytes(UTF_8);
    var piece = new byte[MIB];
    Arrays.fill(piece, (byte) 'x');

    assertThatThrownBy(
            () -> {
              var _ = reader.relay(start);
              for (int i = 0; i < 40; i++) {
                var _ = reader.relay(piece);
              }
            })
        .isInstanceOf(DialectException.class);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anAnswerWithoutEndIsGivenUpAtItsCap(Pair pair) {
    var reader = pair.reader();
    var word = "x".repeat(MIB);
    var events =
        switch (pair.provider()) {
          case OPENAI ->
              List.of(
                  "data: {\"type\":\"response.created\",\"response\":{\"id\":\"1\"}}\n\n",
                  "data: {\"type\":\"response.output_text.delta\",\"delta\":\"" + word + "\"}\n\n");
          case OPENAI_CHAT ->
              List.of(
                  "data: {\"id\":\"1\",\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n",
                  "data: {\"choices\":[{\"delta\":{\"content\":\"" + word + "\"}}]}\n\n");
          case ANTHROPIC ->
              List.of(
                  "data: {\"type\":\"message_start\",\"message\":{\"id\":\"1\"}}\n\n",
                  """
                  data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta",\
                  "text":"%s"}}

                  """
                      .formatted(word));
          case GEMINI ->
              List.of(
                  "",
                  "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""
                      + word
                      + "\"}]}}]}\n\n");
          case BEDROCK ->
              List.of(
                  "messageStart {}",
                  "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\""
                      + word
                      + "\"}}");
        };
    var bedrock = pair.provider() == Api.BEDROCK;
    var all = events.stream().map(text -> bedrock ? Wire.frames(text) : text.getBytes(UTF_8));
    var bytes = all.toList();
    var _ = reader.relay(bytes.getFirst());

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 40; i++) {
                var _ = reader.relay(bytes.getLast());
              }
            })
        .isInstanceOf(DialectException.class)
        .hasMessageContaining("32 MiB");
  }

  private static void refusedOrNot(Runnable reading) {
    try {
      reading.run();
    } catch (DialectException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static byte[] damaged(byte[] bytes, Random chance) {
    var damaged = new ByteArrayOutputStream();
    damaged.writeBytes(bytes);
    for (int i = 1 + chance.nextInt(4); i > 0; i--) {
      var now = damaged.toByteArray();
      int from = chance.nextInt(now.length + 1);
      int to = Math.min(now.length, from + 1 + chance.nextInt(chance.nextBoolean() ? 4 : 200));
      damaged.reset();
      damaged.write(now, 0, from);
      switch (chance.nextInt(5)) {
        case 0 -> damaged.writeBytes(DIRT.get(chance.nextInt(DIRT.size())).getBytes(UTF_8));
        case 1 -> damaged.write(now, from, to - from);
        case 2 -> damaged.write(chance.nextInt(256));
        case 3 -> from = to;
        default -> damaged.writeBytes("\r\n\n".getBytes(UTF_8));
      }
      damaged.write(now, from, now.length - from);
      if (damaged.size() == 0) {
        damaged.write('{');
      }
    }
    return damaged.toByteArray();
  }

  /// What hurts parsers.
  private static final List<String> DIRT =
      List.of(
          "null",
          "{}",
          "[]",
          "-1",
          "1e999",
          "1e-99999999999",
          "7e99999999999",
          "9223372036854775808",
          "\"\\ud83c\"",
          "\u0000",
          "[".repeat(200),
          "{\"error\":{\"message\":\"no\"}}",
          "data: [DONE]\n\n",
          "\n\ndata: {\"error\":{\"message\":\"broke\"}}\n\n",
          "\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}\n\n");

  /// What a stream became for its client, as far as it could be read.
  private static final class Told {
    private final Pair pair;
    private final StreamReader reader;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable DialectException broken;

    Told(Pair pair, byte[] stream) {
      this.pair = pair;
      this.reader = pair.reader();
      try {
        for (int from = 0; from < stream.length; from += 97) {
          out.writeBytes(
              reader.relay(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + 97))));
        }
        out.writeBytes(reader.end());
      } catch (DialectException malformed) {
        broken = malformed;
      }
    }

    String text() {
      return out.toString(UTF_8);
    }

    /// How often the client is told that the answer is complete.
    int ends() {
      return (int)
          text()
              .lines()
              .filter(line ->
                  switch (pair.client()) {
                    case CHAT -> line.equals("data: [DONE]");
                    case MESSAGES -> line.equals("event: message_stop");
                    case RESPONSES ->
                        line.equals("event: response.completed")
                            || line.equals("event: response.incomplete");
                    case EMBEDDINGS -> false;
                  })
              .count();
    }

    /// How often the client is told that it failed.
    int errors() {
      return errors(text());
    }

    private int errors(String text) {
      return (int)
          text.lines()
              .filter(line ->
                  switch (pair.client()) {
                    case CHAT -> line.startsWith("data: {\"error\":{");
                    case MESSAGES -> line.equals("event: error");
                    case RESPONSES -> line.equals("event: response.failed");
                    case EMBEDDINGS -> false;
                  })
              .count();
    }

    /// What the gateway does at a cut: the client gets one error in its own dialect.
    void givesOneError(Pair pair) {
      var why = broken == null ? "cut" : String.valueOf(broken.getMessage());
      var failure = Failure.passing(502, "api_error", "faregate_stream_cut", why);
      var error = new String(reader.error(failure.ofCall("fg_1"), dialect(pair)), UTF_8);
      assertThat(errors(error)).as(error).isEqualTo(1);
      assertThat(error).endsWith("\n\n");
    }

    void isWellFormed() {
      text()
          .lines()
          .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
          .forEach(line -> assertThat(JSON.readTree(line.substring(6)).isObject()).isTrue());
    }

    private static Dialect dialect(Pair pair) {
      return switch (pair.client()) {
        case CHAT -> new OpenAiChat();
        case MESSAGES -> new AnthropicMessages();
        case RESPONSES, EMBEDDINGS -> new OpenAiResponses();
      };
    }
  }
}
