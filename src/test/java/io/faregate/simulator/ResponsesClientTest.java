package io.faregate.simulator;

import static io.faregate.simulator.Sdk.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import io.faregate.simulator.tongue.TokenCount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The official client's Responses and Embeddings, directly against the simulator.
class ResponsesClientTest {
  record FindParcel(String parcelId, int year) {}

  record OpenTicket(String subject) {}

  record Parcel(String id, boolean delivered) {}

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

  private static ResponseCreateParams.Builder asking(String text) {
    return ResponseCreateParams.builder().model("plain").input(text);
  }

  private Response streamed(ResponseCreateParams params) {
    var accumulator = ResponseAccumulator.create();
    try (var stream = client.responses().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.response();
  }

  @Test
  void streamsWhatItAnswersPlainly() {
    var params = asking("Where is my parcel?").build();

    Response plain = client.responses().create(params);
    Response streamed = streamed(params);

    assertThat(text(plain)).isNotEmpty().isEqualTo(text(streamed));
    assertThat(streamed.status()).contains(ResponseStatus.COMPLETED);
    assertThat(running.provider.bill().lines())
        .hasSize(2)
        .allMatch(BillLine::usageReported)
        .allMatch(line -> line.tokens().output() == streamed.usage().orElseThrow().outputTokens());
  }

  @Test
  void callsToolsInParallelAndThenAnswers() {
    var asked =
        asking("[[sim:tool=FindParcel; tool=OpenTicket]]")
            .store(false)
            .addTool(FindParcel.class)
            .addTool(OpenTicket.class);
    Response first = streamed(asked.build());
    List<ResponseFunctionToolCall> calls =
        first.output().stream().flatMap(item -> item.functionCall().stream()).toList();

    assertThat(calls).hasSize(2);
    assertThat(calls.getFirst().arguments(FindParcel.class)).isEqualTo(new FindParcel("text", 0));

    var input = new ArrayList<ResponseInputItem>();
    for (ResponseFunctionToolCall call : calls) {
      input.add(ResponseInputItem.ofFunctionCall(call));
      input.add(
          ResponseInputItem.ofFunctionCallOutput(
              ResponseInputItem.FunctionCallOutput.builder()
                  .callId(call.callId())
                  .output("done")
                  .build()));
    }
    Response second = client.responses().create(asked.inputOfResponse(input).build());
    assertThat(text(second)).isNotEmpty();
  }

  @Test
  void reasonsInItemsThatOnlyItCanRead() {
    var params =
        asking("[[sim:reasoning=40; tokens=10]]")
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
            .build();

    Response response = streamed(params);

    var reasoning = response.output().getFirst().reasoning().orElseThrow();
    assertThat(reasoning.encryptedContent().orElse("")).isNotEmpty();
    assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(50);
    assertThat(response.usage().orElseThrow().outputTokensDetails().reasoningTokens())
        .isEqualTo(40);
  }

  @Test
  void answersInTheShapeOfASchema() {
    var response = client.responses().create(asking("Which parcel?").text(Parcel.class).build());

    var content = response.output().getFirst().message().orElseThrow().content().getFirst();
    assertThat(content.outputText().orElseThrow()).isEqualTo(new Parcel("text", true));
  }

  @Test
  void remembersWhatAnEarlierResponseWasTold() {
    Response first =
        client.responses().create(asking("a".repeat(4_000) + "[[sim:tokens=100]]").build());
    long told = first.usage().orElseThrow().inputTokens();
    Response second =
        client.responses().create(asking("and?").previousResponseId(first.id()).build());

    assertThat(second.usage().orElseThrow().inputTokens()).isGreaterThan(told + 100);
    assertThatThrownBy(
            () -> client.responses().create(asking("and?").previousResponseId("resp_none").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("resp_none");
  }

  @Test
  void embedsTheSameTextInTheSameVectorOfLengthOne() {
    var params =
        EmbeddingCreateParams.builder()
            .model("plain")
            .inputOfArrayOfStrings(List.of("parcel", "ticket", "parcel"))
            .dimensions(256)
            .build();

    var response = client.embeddings().create(params);

    List<List<Float>> vectors = response.data().stream().map(Embedding::embedding).toList();
    assertThat(vectors.get(0)).hasSize(256).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
    double squares = vectors.get(0).stream().mapToDouble(value -> value * value).sum();
    assertThat(squares).isBetween(0.999, 1.001);
    // 3 + 18 bytes ÷ 4 at $1 per million.
    assertThat(response.usage().promptTokens()).isEqualTo(8);
    assertThat(running.line().tokens()).isEqualTo(new TokenCount(8, 0, 0, 0));
    assertThat(running.line().costNanoUsd()).isEqualTo(8_000);
  }
}
