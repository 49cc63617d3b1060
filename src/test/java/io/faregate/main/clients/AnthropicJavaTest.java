package io.faregate.main.clients;

import static io.faregate.simulator.Sdk.calls;
import static io.faregate.simulator.Sdk.results;
import static io.faregate.simulator.Sdk.text;
import static io.faregate.simulator.Sdk.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Anthropic's official client of Java sees through Faregate what it sees directly.
class AnthropicJavaTest {
  record Parcel(String id, boolean delivered, List<String> notes) {}

  private static final String POLICY =
      """
      providers:
        alpha: { api: anthropic, url: "@alpha/..", key: test }
      models:
        alpha/claude-sonnet-5:
          window: 1M
          price: { input: 2, cache_read: 0.2, cache_write_5m: 2.5, cache_write_1h: 4, output: 10 }
      tiers: { low: { models: [alpha/claude-sonnet-5] } }
      tasks: { faq: { tier: low, fallback: none } }
      server: { port: 0, admin: { port: 0 } }
      """;

  @TempDir private Path data;
  private BothWays ways;

  /// The way that is asked at the moment.
  private BothWays.Way way;

  @BeforeEach
  void start() {
    ways = new BothWays(data, List.of("alpha"), POLICY);
    way = ways.through();
  }

  @AfterEach
  void stop() {
    ways.close();
  }

  @Test
  void asks() {
    var answer = same(client -> create(client, asking("Where is my parcel? [[sim:tokens=30]]")));

    assertThat(answer.usage().outputTokens()).isEqualTo(30);
  }

  @Test
  void streams() {
    var events = same(client -> stream(client, asking("[[sim:tokens=30]]")));

    assertThat(events).hasSizeGreaterThan(10);
  }

  @Test
  void thinks() {
    var events =
        same(client ->
            stream(client, asking("[[sim:reasoning=50; tokens=10]]").enabledThinking(2_048)));

    assertThat(accumulated(events).content().getFirst().isThinking()).isTrue();
  }

  @Test
  void keepsCharactersWholeThatArriveInPieces() {
    var events = same(client -> stream(client, asking("[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]")));

    assertThat(text(accumulated(events))).contains("東京 👩‍👩‍👧 ü");
  }

  @Test
  void callsToolsInParallelAndTakesTheirResults() {
    var second =
        same(client -> {
          var asked =
              asking("[[sim:tool=find_parcel; tool=open_ticket]]")
                  .addTool(tool("find_parcel"))
                  .addTool(tool("open_ticket"));
          var message = create(client, asked);
          assertThat(calls(message)).hasSize(2);
          return create(
              client,
              asked.addMessage(message).addUserMessageOfContentBlockParams(results(message)));
        });

    assertThat(text(second)).isNotEmpty();
  }

  @Test
  void answersInTheShapeOfASchema() {
    var parcel =
        same(client -> {
          var message =
              client.messages().create(asking("Which parcel?").outputConfig(Parcel.class).build());
          return message.content().getFirst().text().orElseThrow().text();
        });

    assertThat(parcel).isEqualTo(new Parcel("text", true, List.of()));
  }

  @Test
  void carriesAPromptOfAMebibyte() {
    var answer =
        same(client -> create(client, asking("word ".repeat(210_000) + "[[sim:tokens=5]]")));

    assertThat(answer.usage().inputTokens()).isGreaterThan(200_000);
  }

  @Test
  void countsTokens() {
    var counted =
        same(client -> {
          var params =
              MessageCountTokensParams.builder()
                  .model(way.model("claude-sonnet-5"))
                  .addUserMessage("How many?");
          return client.messages().countTokens(params.build()).inputTokens();
        });

    assertThat(counted).isPositive();
  }

  @Test
  void answersTenAtOnce() {
    var client = client();

    IntStream.range(0, 10)
        .parallel()
        .forEach(i -> assertThat(text(create(client, asking("Question " + i)))).isNotEmpty());
  }

  @Test
  void leavesAStreamInItsMiddle() {
    var seen =
        same(client -> {
          var params = asking("[[sim:tokens=1000; gap=5ms]]").build();
          try (var stream = client.messages().createStreaming(params)) {
            return stream.stream().limit(4).map(Object::toString).toList();
          }
        });

    assertThat(seen).hasSize(4);
    assertThat(ways.billedOutput()).isLessThan(999);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 404, 413, 429, 500, 529})
  void raisesTheSameErrorsAsDirectly(int status) {
    var error =
        same(client -> {
          var question = asking("[[sim:status=%d]]".formatted(status));
          var raised =
              catchThrowableOfType(AnthropicServiceException.class, () -> create(client, question));
          return "%s: %d %s".formatted(raised.getClass(), raised.statusCode(), raised.body());
        });

    assertThat(error).contains(Integer.toString(status));
  }

  @Test
  void isToldOfAStreamThatEndsTooEarly() {
    var raised = catchThrowable(() -> stream(client(), asking("[[sim:tokens=20; cut=5]]")));

    assertThat(raised).hasMessageContaining("faregate_stream_cut");
  }

  private <T> T same(Function<AnthropicClient, T> use) {
    return ways.same(next -> {
      way = next;
      return use.apply(client());
    });
  }

  private AnthropicClient client() {
    return AnthropicOkHttpClient.builder().baseUrl(way.root()).apiKey("any").maxRetries(0).build();
  }

  private MessageCreateParams.Builder asking(String text) {
    return MessageCreateParams.builder()
        .model(way.model("claude-sonnet-5"))
        .maxTokens(4_096)
        .addUserMessage(text);
  }

  private static Message create(AnthropicClient client, MessageCreateParams.Builder params) {
    return client.messages().create(params.build());
  }

  private static List<RawMessageStreamEvent> stream(
      AnthropicClient client, MessageCreateParams.Builder params) {
    try (var stream = client.messages().createStreaming(params.build())) {
      return stream.stream().toList();
    }
  }

  private static Message accumulated(List<RawMessageStreamEvent> events) {
    var accumulator = MessageAccumulator.create();
    events.forEach(accumulator::accumulate);
    return accumulator.message();
  }
}
