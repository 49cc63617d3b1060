package io.faregate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The official client, directly against the simulator: what it gets here it must also get through
/// the gateway.
class OpenAiClientTest {
  enum Carrier {
    AIR,
    SEA
  }

  record Address(String street, int number) {}

  record Parcel(
      String id,
      Carrier carrier,
      boolean delivered,
      double kilos,
      Address to,
      List<String> notes) {}

  record FindParcel(String parcelId, int year) {}

  record OpenTicket(String subject) {}

  private final RunningProvider running = RunningProvider.usual();
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(running.provider.url())
          .apiKey("any")
          .maxRetries(0)
          .build();

  @AfterEach
  void stop() {
    client.close();
    running.close();
  }

  private static ChatCompletionCreateParams.Builder asking(String text) {
    return ChatCompletionCreateParams.builder().model("plain").addUserMessage(text);
  }

  @Test
  void chats() {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(asking("Where is my parcel?").n(2).logprobs(true).build());

    assertThat(completion.choices()).hasSize(2);
    assertThat(completion.choices().get(0).message().content()).isPresent();
    assertThat(completion.choices().get(0).logprobs().orElseThrow().content().orElseThrow())
        .isNotEmpty();
    assertThat(completion.usage().orElseThrow().completionTokens())
        .isEqualTo(running.line().tokens().output());
  }

  @Test
  void streamsWithUsage() {
    var accumulator = ChatCompletionAccumulator.create();
    var params =
        asking("[[sim:tokens=30]]")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (var stream = client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }

    ChatCompletion completion = accumulator.chatCompletion();
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(30);
  }

  @Test
  void callsToolsInParallelAndThenAnswers() {
    var asked =
        asking("Find it. [[sim:tool=FindParcel; tool=OpenTicket]]")
            .addTool(FindParcel.class)
            .addTool(OpenTicket.class);
    ChatCompletion first = client.chat().completions().create(asked.build());

    var message = first.choices().getFirst().message();
    List<ChatCompletionMessageFunctionToolCall> calls =
        message.toolCalls().orElseThrow().stream().map(call -> call.asFunction()).toList();
    assertThat(first.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).function().arguments(FindParcel.class))
        .isEqualTo(new FindParcel("text", 0));
    assertThat(calls.get(1).function().name()).isEqualTo("OpenTicket");

    asked.addMessage(message);
    for (var call : calls) {
      asked.addMessage(
          ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content("done").build());
    }
    ChatCompletion second = client.chat().completions().create(asked.build());
    assertThat(second.choices().getFirst().message().content().orElse("")).isNotEmpty();
  }

  @Test
  void streamsToolCalls() {
    var accumulator = ChatCompletionAccumulator.create();
    var params = asking("[[sim:tool=FindParcel]]").addTool(FindParcel.class).build();
    try (var stream = client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }

    var calls = accumulator.chatCompletion().choices().getFirst().message().toolCalls();
    assertThat(calls.orElseThrow().getFirst().asFunction().function().arguments(FindParcel.class))
        .isEqualTo(new FindParcel("text", 0));
  }

  @Test
  void answersInTheShapeOfASchema() {
    var params = asking("Which parcel?").responseFormat(Parcel.class).build();

    Parcel parcel =
        client
            .chat()
            .completions()
            .create(params)
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();

    assertThat(parcel)
        .isEqualTo(new Parcel("text", Carrier.AIR, true, 0, new Address("text", 0), List.of()));
  }

  @Test
  void seesARateLimit() {
    assertThatThrownBy(
            () -> client.chat().completions().create(asking("[[sim:status=429]]").build()))
        .isInstanceOf(RateLimitException.class);
  }

  @Test
  void leavesAStreamAndIsChargedForItsBeginning() {
    var params = asking("[[sim:tokens=1000; gap=5ms]]").build();
    try (var stream = client.chat().completions().createStreaming(params)) {
      assertThat(stream.stream().limit(3).count()).isEqualTo(3);
    }

    assertThat(running.line().ending()).isEqualTo(BillLine.Ending.CLIENT_LEFT);
    assertThat(running.line().tokens().output()).isBetween(1L, 999L);
  }
}
