package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.translate.Wire.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Results follow their calls at once, and calls end what the model says: most providers refuse a
/// conversation in which anything stands in between.
class TurnOrderTest {
  private static final String ASKED = "{\"role\":\"user\",\"content\":\"Paris and Kyoto?\"}";
  private static final String HURRY = "{\"role\":\"user\",\"content\":\"Hurry.\"}";
  private static final String SAID = "{\"role\":\"assistant\",\"content\":\"I look.\"}";
  private static final String NOTE = "{\"role\":\"developer\",\"content\":\"In French.\"}";
  private static final String PARIS = call("call_1");
  private static final String KYOTO = call("call_2");
  private static final String WARM = output("call_1", "warm");
  private static final String COLD = output("call_2", "cold");

  static List<Pair> pairs() {
    return Pair.all().stream().filter(pair -> pair.client() == Protocol.RESPONSES).toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void instructionsBetweenACallAndItsResultComeAfterIt(Pair pair) {
    assertThat(said(pair, ASKED, PARIS, NOTE, WARM, HURRY))
        .isEqualTo(said(pair, ASKED, PARIS, WARM, NOTE, HURRY));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void instructionsBetweenCallsComeAfterAllResults(Pair pair) {
    assertThat(said(pair, ASKED, PARIS, NOTE, KYOTO, WARM, COLD))
        .isEqualTo(said(pair, ASKED, PARIS, KYOTO, WARM, COLD, NOTE));
    assertThat(said(pair, ASKED, PARIS, KYOTO, WARM, NOTE, COLD))
        .isEqualTo(said(pair, ASKED, PARIS, KYOTO, WARM, COLD, NOTE));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void instructionsDoNotWaitForAResultThatNeverComes(Pair pair) {
    assertThat(said(pair, ASKED, PARIS, NOTE, HURRY, SAID, HURRY, NOTE, HURRY))
        .isEqualTo(said(pair, ASKED, PARIS, HURRY, NOTE, SAID, HURRY, NOTE, HURRY));
    assertThat(said(pair, ASKED, PARIS, NOTE)).contains("In French.");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void textAfterACallComesBeforeIt(Pair pair) {
    assertThat(said(pair, ASKED, PARIS, SAID, WARM))
        .isEqualTo(said(pair, ASKED, SAID, PARIS, WARM));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatTheUserSaysBeforeAResultComesAfterIt(Pair pair) {
    assertThat(said(pair, ASKED, PARIS, HURRY, WARM))
        .isEqualTo(said(pair, ASKED, PARIS, WARM, HURRY));
  }

  @Test
  void resultsComeFirstInWhatAnthropicTakes() {
    assertThat(said(new Pair(Protocol.RESPONSES, Api.ANTHROPIC), ASKED, PARIS, NOTE, WARM))
        .contains(
            """
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1",\
            "content":[{"type":"text","text":"warm"}]},{"type":"text","text":"In French."}]}\
            """);
  }

  private static String said(Pair pair, String... items) {
    var body = "{\"model\":\"m\",\"input\":[%s]}".formatted(String.join(",", items));
    return new String(pair.carry(body).body(), UTF_8);
  }

  private static String call(String id) {
    return "{\"type\":\"function_call\",\"call_id\":\"%s\",\"name\":\"f\",\"arguments\":\"{}\"}"
        .formatted(id);
  }

  private static String output(String id, String text) {
    return "{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"%s\"}"
        .formatted(id, text);
  }
}
