package io.faregate.simulator;

import static io.faregate.simulator.RunningProvider.CLAUDE;
import static io.faregate.simulator.Sdk.calls;
import static io.faregate.simulator.Sdk.results;
import static io.faregate.simulator.Sdk.text;
import static io.faregate.simulator.Sdk.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.PaymentRequiredException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Usage;
import io.faregate.simulator.tongue.TokenCount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The official client, directly against the simulator.
class AnthropicClientTest {
  record Parcel(String id, boolean delivered, List<String> notes) {}

  private final RunningProvider running = RunningProvider.usual();
  private final AnthropicClient client =
      AnthropicOkHttpClient.builder()
          .baseUrl("http://127.0.0.1:" + running.provider.port())
          .apiKey("any")
          .maxRetries(0)
          .build();

  @AfterEach
  void stop() {
    client.close();
    running.close();
  }

  private static MessageCreateParams.Builder asking(String text) {
    return MessageCreateParams.builder().model(CLAUDE.name()).maxTokens(4_096).addUserMessage(text);
  }

  private Message streamed(MessageCreateParams params) {
    var accumulator = MessageAccumulator.create();
    try (var stream = client.messages().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  @Test
  void streamsWhatItAnswersPlainly() {
    var params = asking("Where is my parcel?").build();

    Message plain = client.messages().create(params);
    Message streamed = streamed(params);

    assertThat(text(plain)).isNotEmpty().isEqualTo(text(streamed));
    assertThat(streamed.stopReason()).contains(StopReason.END_TURN);
    assertThat(streamed.usage().outputTokens()).isEqualTo(plain.usage().outputTokens());
    assertThat(running.provider.bill().lines())
        .hasSize(2)
        .allMatch(line -> line.tokens().output() == plain.usage().outputTokens())
        .allMatch(BillLine::usageReported);
  }

  @Test
  void showsItsThoughtsAndBillsThemAsOutput() {
    var params = asking("[[sim:reasoning=50; tokens=10]]").enabledThinking(2_048).build();

    for (Message message : List.of(client.messages().create(params), streamed(params))) {
      var thinking = message.content().getFirst().thinking().orElseThrow();
      assertThat(thinking.thinking()).isNotEmpty();
      assertThat(thinking.signature()).isNotEmpty();
      assertThat(message.usage().outputTokens()).isEqualTo(60);
      assertThat(message.usage().outputTokensDetails().orElseThrow().thinkingTokens())
          .isEqualTo(50);
    }
    assertThat(running.provider.bill().lines())
        .allMatch(line -> line.tokens().output() == 60 && line.tokens().reasoning() == 50);
  }

  @Test
  void callsToolsInParallelAndThenAnswers() {
    var asked =
        asking("[[sim:tool=find_parcel; tool=open_ticket]]")
            .addTool(tool("find_parcel"))
            .addTool(tool("open_ticket"));
    Message plain = client.messages().create(asked.build());
    Message streamed = streamed(asked.build());

    assertThat(calls(streamed)).isEqualTo(calls(plain)).hasSize(2);
    assertThat(plain.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(calls(plain).getFirst()._input()).isEqualTo(JsonValue.from(Map.of("id", "text")));

    asked.addMessage(streamed).addUserMessageOfContentBlockParams(results(streamed));
    assertThat(text(streamed(asked.build()))).isNotEmpty();
  }

  @Test
  void answersInTheShapeOfASchema() {
    var params = asking("Which parcel?").outputConfig(Parcel.class).build();

    var message = client.messages().create(params);

    assertThat(message.content().getFirst().text().orElseThrow().text())
        .isEqualTo(new Parcel("text", true, List.of()));
  }

  @Test
  void countsTokensAsItBillsThemAndForNothing() {
    String text = "x".repeat(4_000);
    var counted =
        client
            .messages()
            .countTokens(
                MessageCountTokensParams.builder()
                    .model(CLAUDE.name())
                    .addUserMessage(text)
                    .build());

    assertThat(counted.inputTokens()).isEqualTo(3 + 4 + 1_000);
    running.settled();
    assertThat(running.provider.bill().attemptsCharged()).isZero();
    assertThat(client.messages().create(asking(text).build()).usage().inputTokens())
        .isEqualTo(counted.inputTokens());
  }

  @Test
  void writesWhatIsMarkedToItsCacheAndReadsItTheNextTime() {
    var forAnHour = CacheControlEphemeral.builder().ttl(CacheControlEphemeral.Ttl.TTL_1H).build();
    var forMinutes = CacheControlEphemeral.builder().build();
    // 3 + 4 + 16,000 ÷ 4 up to the first mark, and 8,000 ÷ 4 more up to the second.
    var system =
        List.of(
            TextBlockParam.builder().text("a".repeat(16_000)).cacheControl(forAnHour).build(),
            TextBlockParam.builder().text("b".repeat(8_000)).cacheControl(forMinutes).build());
    var params = asking("[[sim:tokens=100]]x").systemOfTextBlockParams(system).build();

    Usage first = client.messages().create(params).usage();
    Usage second = streamed(params).usage();

    assertThat(first.cacheCreation().orElseThrow().ephemeral1hInputTokens()).isEqualTo(4_007);
    assertThat(first.cacheCreation().orElseThrow().ephemeral5mInputTokens()).isEqualTo(2_000);
    assertThat(first.cacheReadInputTokens()).contains(0L);
    assertThat(second.cacheReadInputTokens()).contains(6_007L);
    assertThat(second.cacheCreationInputTokens()).contains(0L);
    // The user's message: 4, and 20 bytes.
    assertThat(first.inputTokens()).isEqualTo(9).isEqualTo(second.inputTokens());
    running.settled();
    assertThat(running.provider.bill().lines())
        .extracting(BillLine::tokens)
        .containsExactly(
            new TokenCount(9, 0, 2_000, 4_007, 100, 0), new TokenCount(9, 6_007, 100, 0));
    // 9 × 3,000 + 2,000 × 3,750 + 4,007 × 6,000 + 100 × 15,000, and 9 × 3,000 + 6,007 × 300 + ...
    assertThat(running.provider.bill().lines())
        .extracting(BillLine::costNanoUsd)
        .containsExactly(33_069_000L, 3_329_100L);
  }

  @Test
  void meetsErrorsAsItsOwnClasses() {
    var messages = client.messages();

    assertThatThrownBy(() -> messages.create(asking("[[sim:status=402]]").build()))
        .isInstanceOf(PaymentRequiredException.class);
    assertThatThrownBy(() -> messages.create(asking("[[sim:status=429]]").build()))
        .isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> streamed(asking("[[sim:error=2; tokens=9]]").build()))
        .isInstanceOf(SseException.class)
        .hasMessageContaining("simulated");
  }
}
