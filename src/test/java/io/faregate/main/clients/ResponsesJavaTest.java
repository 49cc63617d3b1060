package io.faregate.main.clients;

import static io.faregate.simulator.Sdk.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official client of Java sees of Responses and Embeddings through Faregate what it sees
/// directly.
class ResponsesJavaTest {
  record FindParcel(String parcelId, int year) {}

  record OpenTicket(String subject) {}

  record Parcel(String id, boolean delivered) {}

  private static final String POLICY =
      """
      providers:
        alpha: { api: openai, url: "@alpha", key: test }
      models:
        alpha/gpt-5.4-nano: { window: 400k, price: { input: 0.2, cache_read: 0.02, output: 1.25 } }
        alpha/text-embedding-3-small: { kind: embedding, window: 8k, price: { input: 0.02 } }
      tiers: { low: { models: [alpha/gpt-5.4-nano] } }
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
    var answer = same(client -> seen(create(client, asking("Where is it? [[sim:tokens=30]]"))));

    assertThat(answer).contains("outputTokens=30");
  }

  @Test
  void streams() {
    var events = same(client -> shown(stream(client, asking("[[sim:tokens=30]]"))));

    assertThat(events).hasSizeGreaterThan(10);
  }

  @Test
  void keepsCharactersWholeThatArriveInPieces() {
    var text =
        same(client -> {
          var events = stream(client, asking("[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]"));
          return text(accumulated(events));
        });

    assertThat(text).contains("東京 👩‍👩‍👧 ü");
  }

  @Test
  void callsToolsInParallelAndTakesTheirResults() {
    var second =
        same(client -> {
          var asked =
              asking("[[sim:tool=FindParcel; tool=OpenTicket]]")
                  .store(false)
                  .addTool(FindParcel.class)
                  .addTool(OpenTicket.class);
          var calls = calls(create(client, asked));
          assertThat(calls).hasSize(2);
          var input = new ArrayList<ResponseInputItem>();
          for (var call : calls) {
            input.add(ResponseInputItem.ofFunctionCall(call));
            input.add(result(call));
          }
          return text(create(client, asked.inputOfResponse(input)));
        });

    assertThat(second).isNotEmpty();
  }

  @Test
  void keepsReasoningThatOnlyTheProviderCanRead() {
    var answer =
        same(client ->
            seen(
                create(
                    client,
                    asking("[[sim:reasoning=40; tokens=10]]")
                        .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT))));

    assertThat(answer).contains("encryptedContent=", "reasoningTokens=40");
  }

  @Test
  void answersInTheShapeOfASchema() {
    var parcel =
        same(client -> {
          var answer = client.responses().create(asking("Which?").text(Parcel.class).build());
          var content = answer.output().getFirst().message().orElseThrow().content().getFirst();
          return content.outputText().orElseThrow();
        });

    assertThat(parcel).isEqualTo(new Parcel("text", true));
  }

  @Test
  void goesOnFromAnEarlierResponse() {
    var told =
        same(client -> {
          var first = create(client, asking("a".repeat(4_000) + "[[sim:tokens=100]]"));
          var second = create(client, asking("and?").previousResponseId(first.id()));
          return second.usage().orElseThrow().inputTokens();
        });

    assertThat(told).isGreaterThan(1_000);
  }

  @Test
  void carriesAPromptOfAMebibyte() {
    var answer =
        same(client -> seen(create(client, asking("word ".repeat(210_000) + "[[sim:tokens=5]]"))));

    assertThat(answer).contains("outputTokens=5");
  }

  @Test
  void embeds() {
    var vectors =
        same(client -> {
          var params =
              EmbeddingCreateParams.builder()
                  .model(way.model("text-embedding-3-small"))
                  .inputOfArrayOfStrings(List.of("parcel", "ticket"))
                  .dimensions(256);
          return client.embeddings().create(params.build()).toString();
        });

    assertThat(vectors).contains("promptTokens=");
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
          try (var stream = client.responses().createStreaming(params)) {
            return shown(stream.stream().limit(5).toList());
          }
        });

    assertThat(seen).hasSize(5);
    assertThat(ways.billedOutput()).isLessThan(999);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 404, 429, 500, 503})
  void raisesTheSameErrorsAsDirectly(int status) {
    var error =
        same(client -> {
          var question = asking("[[sim:status=%d]]".formatted(status));
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

  private ResponseCreateParams.Builder asking(String text) {
    return ResponseCreateParams.builder().model(way.model("gpt-5.4-nano")).input(text);
  }

  private static Response create(OpenAIClient client, ResponseCreateParams.Builder params) {
    return client.responses().create(params.build());
  }

  private static List<ResponseStreamEvent> stream(
      OpenAIClient client, ResponseCreateParams.Builder params) {
    try (var stream = client.responses().createStreaming(params.build())) {
      return stream.stream().toList();
    }
  }

  private static Response accumulated(List<ResponseStreamEvent> events) {
    var accumulator = ResponseAccumulator.create();
    events.forEach(accumulator::accumulate);
    return accumulator.response();
  }

  private static List<ResponseFunctionToolCall> calls(Response response) {
    return response.output().stream().flatMap(item -> item.functionCall().stream()).toList();
  }

  private static ResponseInputItem result(ResponseFunctionToolCall call) {
    return ResponseInputItem.ofFunctionCallOutput(
        ResponseInputItem.FunctionCallOutput.builder()
            .callId(call.callId())
            .output("done")
            .build());
  }

  private static String seen(Response response) {
    return response.toString();
  }

  private static List<String> shown(List<ResponseStreamEvent> events) {
    return events.stream().map(Object::toString).toList();
  }
}
