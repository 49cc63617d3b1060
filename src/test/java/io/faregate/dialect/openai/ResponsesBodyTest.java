package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.CallId;
import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.dialect.Body;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Responses body asks of a model, wherever its tools stand.
class ResponsesBodyTest {
  private static final String SAID = "{\"role\":\"user\",\"content\":\"hi\"}";

  private static final String IN_TOOLS =
      "{\"model\":\"m\",\"tools\":[%s],\"input\":[" + SAID + "]}";

  private static final String IN_INPUT =
      """
      {"model":"m","input":[{"tools":[%s],"type":"additional_tools","role":"developer"},\
      """
          + SAID
          + "]}";

  @ParameterizedTest
  @ValueSource(strings = {IN_TOOLS, IN_INPUT})
  void toolsOfTheClientHaveABound(String body) {
    var demand = demand(body.formatted("{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[]}"));

    assertThat(demand.needs()).contains(Capability.TOOLS);
    assertThat(demand.unbounded()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_TOOLS, IN_INPUT})
  void toolsOfTheProviderHaveNone(String body) {
    var demand = demand(body.formatted("{\"type\":\"web_search\"}"));

    assertThat(demand.unbounded()).contains("web_search runs at the provider");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[ S , O , S ]|[ S , S ]",
        "[ O, O , S ]|[ S ]",
        "[ S , O ]|[ S ]",
        "[ S , T , M , C ]|[ S , T , M , C ]",
      })
  void forwardsNoThoughtThatWeWroteForAnotherProvider(String input, String forwarded) {
    assertThat(forwarded(conversation(input), 0)).isEqualTo(conversation(forwarded));
  }

  @Test
  void dropsTurnsWithTheThoughtsInThem() {
    assertThat(forwarded(conversation("[ S , O , C , S , O , C , S ]"), 1))
        .isEqualTo(conversation("[ S , C , S ]"));
  }

  /// `O` is a thought that Faregate wrote, `T` one of OpenAI, `M` and `C` what is none.
  private static String conversation(String input) {
    var ours = CallId.next(Instant.EPOCH, new Random(1)) + "_0";
    var items =
        input
            .replace("S", SAID)
            .replace(
                "O", "{\"id\":\"rs_%s\",\"type\":\"reasoning\",\"summary\":[]}".formatted(ours))
            .replace("T", "{\"type\":\"reasoning\",\"id\":\"rs_0ca11\",\"summary\":[]}")
            .replace(
                "M",
                "{\"id\":\"msg_%s\",\"role\":\"assistant\",\"content\":\"hm\"}".formatted(ours))
            .replace("C", "{\"type\":\"compaction\",\"id\":\"rs_%s\"}".formatted(ours));
    return "{\"model\":\"m\", \"input\": " + items + "}";
  }

  private static String forwarded(String body, int turnsTrimmed) {
    var read = new ResponsesBodyReader(body.getBytes(UTF_8)).read();
    return new String(read.forProvider(new Body.Changes("m", turnsTrimmed, null)), UTF_8);
  }

  private static Demand demand(String body) {
    return new ResponsesBodyReader(body.getBytes(UTF_8)).read().demand();
  }
}
