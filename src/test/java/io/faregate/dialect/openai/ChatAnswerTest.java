package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.faregate.Golden;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerTest {
  @Test
  void readsTheUsageOfEveryKindOfProvider() {
    Golden.checkTable(Path.of("src/test/golden/usage/openai.txt"), ChatAnswerTest::usage);
  }

  @Test
  void readsAWholeAnswer() {
    var answer =
        read(
            """
            {"id":"1","model":"m-1","service_tier":"priority","choices":[{"index":0,"message":
            {"role":"assistant","content":"four","refusal":null},"finish_reason":"stop"}]}\
            """);

    assertThat(answer.usage()).isEmpty();
    assertThat(answer.usageContradicts()).isFalse();
    assertThat(answer.modelServed()).isEqualTo("m-1");
    assertThat(answer.service().tier()).isEqualTo("priority");
    assertThat(answer.textBytes()).isEqualTo(4);
    assertThat(answer.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\"no\",\"code\":\"overloaded\"}}|overloaded",
        "{\"error\":{\"message\":\"no\",\"code\":502}}|error",
        "{\"error\":{}}|error",
        "{\"error\":\"no\"}|error",
      })
  void findsAnErrorInsideASuccess(String body, String failure) {
    assertThat(read(body).failure()).isEqualTo(failure);
    assertThat(read(body).complete()).isFalse();
  }

  @Test
  void takesANullErrorForNone() {
    assertThat(read("{\"error\":null,\"choices\":[]}").failure()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"detail\":\"model is loading\"}",
        "{\"choices\":null,\"data\":null}",
        "{\"choices\":\"none\",\"data\":\"none\"}"
      })
  void takesNoOtherDocumentForAnAnswer(String body) {
    assertThat(read(body).failure()).isEqualTo("not_a_completion");
    assertThat(read(body).complete()).isFalse();
    assertThat(embedded(body).failure()).isEqualTo("not_an_embedding");
    assertThat(embedded(body).complete()).isFalse();
  }

  @Test
  void readsAnAnswerWithoutContent() {
    assertThat(read("{\"choices\":[]}").complete()).isTrue();
    assertThat(embedded("{\"data\":[]}").complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<html>", "[1]", "null", "{\"choices\":", "{} x"})
  void refusesWhatIsNoAnswer(String body) {
    assertThatExceptionOfType(DialectException.class).isThrownBy(() -> read(body));
  }

  @ParameterizedTest
  @CsvSource({
    "429, rate_limit_exceeded, RATE_LIMITED",
    "429, insufficient_quota, OURS",
    "400, context_length_exceeded, CONTEXT_LENGTH",
    "400, bad_thing, CLIENTS",
    "422, bad_thing, CLIENTS",
    "401, invalid_api_key, OURS",
    "402, '', OURS",
    "403, '', OURS",
    "404, model_not_found, OURS",
    "408, '', PASSING",
    "409, '', PASSING",
    "500, '', PASSING",
    "529, '', PASSING",
  })
  void knowsWhatAnErrorMeansForTheChain(int status, String code, ProviderError meaning) {
    var body = "{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}}";

    assertThat(new OpenAiChat().providerError(status, body.getBytes(UTF_8))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // vLLM, of today and before; llama.cpp; a server with nothing but a text.
        "{\"error\":{\"message\":\"This model's maximum context length is 9"
            + " tokens.\",\"code\":400}}",
        "{\"object\":\"error\",\"message\":\"maximum context length is 9 tokens\",\"code\":400}",
        "{\"error\":{\"message\":\"the request exceeds the available context size\",\"code\":400}}",
        "{\"error\":\"input is too long\"}",
        // xAI.
        "{\"code\":\"Client specified an invalid argument\",\"error\":\"This model's maximum prompt"
            + " length is 9 but the request contains 10 tokens.\"}"
      })
  void knowsAnInputThatIsTooLongByItsWords(String body) {
    var bytes = body.getBytes(UTF_8);

    assertThat(new OpenAiChat().providerError(400, bytes)).isEqualTo(ProviderError.CONTEXT_LENGTH);
    assertThat(new OpenAiChat().providerError(500, bytes)).isEqualTo(ProviderError.PASSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "<html>", "{\"error\":7}", "{\"error\":{\"message\":null}}"})
  void takesAnErrorWithoutWordsForTheClients(String body) {
    assertThat(new OpenAiChat().providerError(400, body.getBytes(UTF_8)))
        .isEqualTo(ProviderError.CLIENTS);
  }

  @Test
  void judgesAnErrorPageByItsStatusAlone() {
    var page = "<html>502 Bad Gateway</html>".getBytes(UTF_8);

    assertThat(new OpenAiChat().providerError(502, page)).isEqualTo(ProviderError.PASSING);
  }

  @Test
  void writesErrorsOfOurs() {
    var failure = Failure.badRequest("model is \"missing\"", "model").ofCall("call_1");
    var chat = new OpenAiChat();

    assertThat(new String(chat.error(failure), UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"model is \\\"missing\\\" (call_1)\","
                + "\"type\":\"invalid_request_error\",\"param\":\"model\","
                + "\"code\":\"faregate_bad_request\"}}");
    assertThat(new String(chat.streamError(failure), UTF_8))
        .isEqualTo("data: " + new String(chat.error(failure), UTF_8) + "\n\n");
  }

  private static String usage(String object) {
    var answer = read("{\"choices\":[],\"usage\":" + object + "}");
    if (answer.usage().isEmpty()) {
      return answer.usageContradicts() ? "contradicts itself" : "absent";
    }
    var reported = answer.usage().get();
    assertThat(reported.raw()).isEqualTo(object);
    var usage = reported.usage();
    var shown =
        "input %d  cache_read %d  cache_write_5m %d  output %d  of which reasoning %d"
            .formatted(
                usage.input(),
                usage.cacheRead(),
                usage.cacheWrite5m(),
                usage.output(),
                usage.reasoning());
    var charged = reported.costNanoUsd() == null ? "" : "  charged " + reported.costNanoUsd();
    return shown + charged + (answer.usageContradicts() ? "  inconsistent" : "");
  }

  private static Answer read(String body) {
    return new OpenAiChat().answer(body.getBytes(UTF_8), Asked.NOTHING);
  }

  private static Answer embedded(String body) {
    return new OpenAiEmbeddings().answer(body.getBytes(UTF_8), Asked.NOTHING);
  }
}
