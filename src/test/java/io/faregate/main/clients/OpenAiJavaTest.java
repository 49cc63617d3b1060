package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.faregate.main.Lab;
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

/// The official client of Java sees through Faregate what it sees directly.
class OpenAiJavaTest {
  record FindParcel(String parcelId, int year) {}

  record OpenTicket(String subject) {}

  record Parcel(String id, boolean delivered, double kilos, List<String> notes) {}

  @TempDir private Path data;
  private BothWays ways;

  /// The way that is asked at the moment.
  private BothWays.Way way;

  @BeforeEach
  void start() {
    ways = new BothWays(data, List.of("alpha", "beta"), Lab.POLICY);
    way = ways.through();
  }

  @AfterEach
  void stop() {
    ways.close();
  }

  @Test
  void chats() {
    var answer =
        same(client -> create(client, asking("Where is my parcel?").n(2).logprobs(true).build()));

    assertThat(answer.choices()).hasSize(2);
  }

  @Test
  void streams() {
    var chunks = same(client -> stream(client, asking("[[sim:tokens=30]]").build()));

    assertThat(chunks).hasSizeGreaterThan(10);
  }

  @Test
  void streamsUsageToThoseWhoAsk() {
    var usage = ChatCompletionStreamOptions.builder().includeUsage(true).build();

    var chunks =
        same(client -> stream(client, asking("[[sim:tokens=30]]").streamOptions(usage).build()));

    assertThat(chunks.getLast()).contains("completionTokens=30");
  }

  @Test
  void keepsCharactersWholeThatArriveInPieces() {
    var chunks =
        same(client -> stream(client, asking("[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]").build()));

    assertThat(String.join("", chunks)).contains("東京");
  }

  @Test
  void carriesAPromptOfAMebibyte() {
    var answer =
        same(
            client -> create(client, asking("word ".repeat(210_000) + "[[sim:tokens=5]]").build()));

    assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
  }

  @Test
  void callsToolsInParallelAndTakesTheirResults() {
    var second =
        same(client -> {
          var asked =
              asking("Find it. [[sim:tool=FindParcel; tool=OpenTicket]]")
                  .addTool(FindParcel.class)
                  .addTool(OpenTicket.class);
          var message = create(client, asked.build()).choices().getFirst().message();
          assertThat(message.toolCalls().orElseThrow()).hasSize(2);
          asked.addMessage(message);
          for (var call : message.toolCalls().orElseThrow()) {
            asked.addMessage(
                ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .content("done")
                    .build());
          }
          return create(client, asked.build());
        });

    assertThat(second.choices().getFirst().message().content().orElse("")).isNotEmpty();
  }

  @Test
  void answersInTheShapeOfASchema() {
    var parcel =
        same(client ->
            client
                .chat()
                .completions()
                .create(asking("Which parcel?").responseFormat(Parcel.class).build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow());

    assertThat(parcel).isEqualTo(new Parcel("text", true, 0, List.of()));
  }

  @Test
  void leavesAStreamInItsMiddle() {
    var seen =
        same(client -> {
          var params = asking("[[sim:tokens=1000; gap=5ms]]").build();
          try (var stream = client.chat().completions().createStreaming(params)) {
            return stream.stream().limit(3).map(Object::toString).toList();
          }
        });

    assertThat(seen).hasSize(3);
    assertThat(ways.billedOutput()).isLessThan(999);
  }

  @Test
  void answersTenAtOnce() {
    IntStream.range(0, 10)
        .parallel()
        .forEach(i ->
            assertThat(create(client(), asking("Question " + i).build()).choices()).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 404, 429, 500, 503})
  void raisesTheSameErrorsAsDirectly(int status) {
    var error =
        same(client -> {
          var question = asking("[[sim:status=%d]]".formatted(status)).build();
          var raised =
              catchThrowableOfType(OpenAIServiceException.class, () -> create(client, question));
          return raised.getClass().getName() + ": " + raised.getMessage();
        });

    assertThat(error).contains(Integer.toString(status));
  }

  private <T> T same(Function<OpenAIClient, T> use) {
    return ways.same(next -> {
      way = next;
      return use.apply(client());
    });
  }

  private OpenAIClient client() {
    return OpenAIOkHttpClient.builder().baseUrl(way.url()).apiKey("any").maxRetries(0).build();
  }

  private ChatCompletionCreateParams.Builder asking(String text) {
    return ChatCompletionCreateParams.builder()
        .model(way.model("gpt-5.4-nano"))
        .addUserMessage(text);
  }

  private static ChatCompletion create(OpenAIClient client, ChatCompletionCreateParams params) {
    return client.chat().completions().create(params);
  }

  private static List<String> stream(OpenAIClient client, ChatCompletionCreateParams params) {
    try (var stream = client.chat().completions().createStreaming(params)) {
      return stream.stream().map(Object::toString).toList();
    }
  }
}
