package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.dialect.Answer;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.translate.Wire.Pair;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What goes over the wire when client and provider differ, whole and streamed: one file for each
/// pair, made from one request of each client and one answer of each provider.
class WireGoldenTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  static List<Pair> pairs() {
    return Pair.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachPairSaysOnTheWireWhatIsWrittenDown(Pair pair) {
    var carried = pair.carry(pair.request());
    var streamed = pair.carry(pair.streaming());
    var whole = carried.answer(pair.answer());
    var reader = Objects.requireNonNull(streamed.stream(pair.streamType()));
    var stream = relayed(reader, pair.stream(), Integer.MAX_VALUE);
    var error = carried.refused(pair.errorStatus(), pair.error());
    Golden.check(
        Wire.FOLDER.resolve(pair + ".txt"),
        """
        # POST %s
        %s
        # warnings
        %s
        # answer (%s)
        %s
        # POST %s
        # stream (%s)
        %s
        # error %s, %d
        %s
        """
            .formatted(
                carried.path(),
                pretty(carried.body()),
                String.join("\n", carried.warnings()),
                told(whole.answer()),
                pretty(whole.body()),
                streamed.path(),
                told(reader.answer()),
                new String(stream, UTF_8),
                error.meaning(),
                error.status(),
                pretty(error.body())));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamIsTheSameInWhateverPiecesItComes(Pair pair) {
    var carried = pair.carry(pair.streaming());
    var stream = pair.stream();
    var first = Objects.requireNonNull(carried.stream(pair.streamType()));
    var whole = relayed(first, stream, Integer.MAX_VALUE);
    for (int size : List.of(1, 2, 3, 7, 64, 1_000)) {
      var reader = Objects.requireNonNull(carried.stream(pair.streamType()));
      assertThat(new String(relayed(reader, stream, size), UTF_8))
          .as("in pieces of %d bytes", size)
          .isEqualTo(new String(whole, UTF_8));
      assertThat(reader.answer().complete()).isTrue();
    }
  }

  private static byte[] relayed(StreamReader reader, byte[] stream, int size) {
    var out = new ByteArrayOutputStream();
    for (int from = 0; from < stream.length; from += size) {
      int to = size > stream.length - from ? stream.length : from + size;
      out.writeBytes(reader.relay(Arrays.copyOfRange(stream, from, to)));
    }
    out.writeBytes(reader.end());
    return out.toByteArray();
  }

  private static String told(Answer answer) {
    return "%s, %s, %s"
        .formatted(
            answer.modelServed(),
            answer.usage().map(reported -> reported.usage().toString()).orElse("no usage"),
            answer.complete() ? "complete" : "incomplete");
  }

  private static String pretty(byte[] json) {
    return JSON.writeValueAsString(JSON.readTree(json)).replace("\r\n", "\n");
  }
}
