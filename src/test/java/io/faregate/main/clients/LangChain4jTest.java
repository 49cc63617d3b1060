package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.faregate.main.Lab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The usual library of Java sees through Faregate what it sees directly.
class LangChain4jTest {
  private static final ToolSpecification WEATHER = tool("get_weather");
  private static final ToolSpecification TIME = tool("get_time");

  /// The model's clients on one of the ways.
  record Route(BothWays.Way way) {
    ChatResponse ask(ChatRequest request) {
      return OpenAiChatModel.builder()
          .baseUrl(way.url())
          .apiKey("any")
          .modelName(way.model("gpt-5.4-nano"))
          .maxRetries(0)
          .build()
          .chat(request);
    }

    ChatResponse ask(String prompt) {
      return ask(asking(prompt).build());
    }

    Streamed stream(String prompt, int leaveAfter) {
      var streamed = new Streamed(leaveAfter);
      OpenAiStreamingChatModel.builder()
          .baseUrl(way.url())
          .apiKey("any")
          .modelName(way.model("gpt-5.4-nano"))
          .build()
          .chat(asking(prompt).build(), streamed);
      return streamed;
    }
  }

  /// What comes of a stream, which is left after so many pieces.
  static final class Streamed implements StreamingChatResponseHandler {
    final List<String> pieces = new ArrayList<>();
    private final int leaveAfter;
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    Streamed(int leaveAfter) {
      this.leaveAfter = leaveAfter;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      pieces.add(piece.text());
      if (pieces.size() == leaveAfter) {
        context.streamingHandle().cancel();
        var _ = end.completeExceptionally(new IllegalStateException("left"));
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      var _ = end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      var _ = end.completeExceptionally(error);
    }

    ChatResponse whole() {
      return end.orTimeout(Lab.A_WHILE.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  @TempDir private Path data;
  private BothWays ways;

  @BeforeEach
  void start() {
    ways = new BothWays(data, List.of("alpha", "beta"), Lab.POLICY);
  }

  @AfterEach
  void stop() {
    ways.close();
  }

  @Test
  void chats() {
    var answer = same(route -> seen(route.ask("Where is my parcel? [[sim:tokens=30]]")));

    assertThat(answer).contains("outputTokenCount = 30");
  }

  @Test
  void streams() {
    var pieces =
        same(route -> {
          var streamed = route.stream("[[sim:tokens=30]]", -1);
          var usage = streamed.whole().tokenUsage().outputTokenCount();
          return List.of(streamed.pieces, usage);
        });

    assertThat(pieces.getLast()).isEqualTo(30);
  }

  @Test
  void keepsCharactersWholeThatArriveInPieces() {
    var text =
        same(route ->
            route.stream("[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]", -1).whole().aiMessage().text());

    assertThat(text).contains("東京 👩‍👩‍👧 ü");
  }

  @Test
  void callsToolsInParallelAndTakesTheirResults() {
    var second =
        same(route -> {
          var asked = asking("[[sim:tool=get_weather; tool=get_time]]").build();
          var answer = route.ask(asked.toBuilder().toolSpecifications(WEATHER, TIME).build());
          var messages = new ArrayList<ChatMessage>(List.of(UserMessage.from("And?")));
          messages.add(answer.aiMessage());
          for (var call : answer.aiMessage().toolExecutionRequests()) {
            messages.add(ToolExecutionResultMessage.from(call, "done"));
          }
          var names =
              answer.aiMessage().toolExecutionRequests().stream()
                  .map(ToolExecutionRequest::name)
                  .toList();
          var told =
              ChatRequest.builder().messages(messages).toolSpecifications(WEATHER, TIME).build();
          return List.of(names, seen(route.ask(told)));
        });

    assertThat(second.getFirst()).isEqualTo(List.of("get_weather", "get_time"));
  }

  @Test
  void answersInTheShapeOfASchema() {
    var schema =
        JsonObjectSchema.builder()
            .addStringProperty("subject")
            .addBooleanProperty("urgent")
            .required("subject", "urgent")
            .additionalProperties(false)
            .build();
    var format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("ticket").rootElement(schema).build())
            .build();

    var answer =
        same(route ->
            route
                .ask(asking("My parcel is lost").responseFormat(format).build())
                .aiMessage()
                .text());

    assertThat(answer).contains("\"subject\"", "\"urgent\"");
  }

  @Test
  void carriesAPromptOfAMebibyte() {
    var answer = same(route -> seen(route.ask("word ".repeat(210_000) + "[[sim:tokens=5]]")));

    assertThat(answer).contains("outputTokenCount = 5");
  }

  @Test
  void answersTenAtOnce() {
    var route = through();

    IntStream.range(0, 10)
        .parallel()
        .forEach(i -> assertThat(route.ask("Question " + i).aiMessage().text()).isNotEmpty());
  }

  @Test
  void leavesAStreamInItsMiddle() {
    var pieces =
        same(route -> {
          var streamed = route.stream("[[sim:tokens=1000; gap=5ms]]", 3);
          assertThat(catchThrowable(streamed::whole)).hasMessageContaining("left");
          return streamed.pieces.subList(0, 3);
        });

    assertThat(pieces).hasSize(3);
    assertThat(ways.billedOutput()).isLessThan(999);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 404, 429, 500, 503})
  void raisesTheSameErrorsAsDirectly(int status) {
    var error =
        same(route -> {
          var raised = catchThrowable(() -> route.ask("[[sim:status=%d]]".formatted(status)));
          return raised.getClass().getName() + ": " + raised.getMessage();
        });

    assertThat(error).isNotEmpty();
  }

  @Test
  void isToldOfAStreamThatEndsTooEarly() {
    var streamed = through().stream("[[sim:tokens=20; cut=5]]", -1);

    assertThat(catchThrowable(streamed::whole)).isNotNull();
  }

  private <T> T same(Function<Route, T> use) {
    return ways.same(way -> use.apply(new Route(way)));
  }

  private Route through() {
    return new Route(ways.through());
  }

  /// An answer without its id and time.
  private static String seen(ChatResponse answer) {
    return "%s %s %s".formatted(answer.aiMessage(), answer.finishReason(), answer.tokenUsage());
  }

  private static ChatRequest.Builder asking(String prompt) {
    return ChatRequest.builder().messages(UserMessage.from(prompt));
  }

  private static ToolSpecification tool(String name) {
    var parameters = JsonObjectSchema.builder().addStringProperty("city").required("city").build();
    return ToolSpecification.builder().name(name).parameters(parameters).build();
  }
}
