package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A response repeats its request, which may be long.
class LongRequestTest {
  @Test
  void aStreamedResponseBeginsWhateverTheLengthOfItsInstructions() {
    var pair = new Pair(Protocol.RESPONSES, Api.ANTHROPIC);
    var instructions = "x".repeat(600 * 1024);
    var request = pair.streaming().replace("Answer in French. ✓", instructions);
    var reader = Objects.requireNonNull(pair.carry(request).stream(pair.streamType()));
    var stream = pair.stream();
    int begun = new String(stream, UTF_8).indexOf("event: content_block_start");

    assertThat(reader.relay(Arrays.copyOf(stream, begun))).isEmpty();
    var rest = reader.relay(Arrays.copyOfRange(stream, begun, stream.length));

    assertThat(new String(rest, UTF_8))
        .startsWith("event: response.created\n")
        .contains(instructions)
        .contains("event: response.completed\n");
  }
}
