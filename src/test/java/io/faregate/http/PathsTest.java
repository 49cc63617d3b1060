package io.faregate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.http.Paths.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, CHAT",
    "/chat/completions, CHAT",
    "/openai/v1/responses, RESPONSES",
    "/anthropic/v1/messages, MESSAGES",
    "/v1/v1/messages, MESSAGES",
    "/messages/count_tokens, COUNT",
    "/v1/embeddings, EMBEDDINGS",
    "/v1/models, MODELS",
    "/v1/models/task/faq, MODEL",
  })
  void knowsEverySpellingOfAnAddress(String path, Route route) {
    assertThat(Paths.route(path)).contains(route);
  }

  @ParameterizedTest
  @CsvSource({
    "//v1/messages",
    "/v1//messages",
    "/v1/messages/",
    "/v1/../messages",
    "/V1/messages",
    "/v1/messages%2F",
    "/v1/v1/v1/messages",
    "/v1/files",
    "/v1/chat/completions/chat/completions"
  })
  void tidiesNothingUp(String path) {
    assertThat(Paths.route(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages/, /v1/messages",
    "/v1/messages/count_tokens/, /v1/messages/count_tokens",
    "/v1//chat/completions, /v1/chat/completions",
    "/v1/embedding, /v1/embeddings",
    "/v1/response, /v1/responses",
    "/v1/audio/speech, /v1/chat/completions",
  })
  void namesTheNearestAddress(String path, String nearest) {
    assertThat(Paths.nearest(path)).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models/openai/gpt-5.4-nano, openai/gpt-5.4-nano",
    "/v1/models/openai%2Fgpt-5.4-nano, openai/gpt-5.4-nano",
    "/v1/models/local/llama3%3A8b, local/llama3:8b",
    "/v1/models/a+b, a+b",
    "/v1/models/100%, 100%",
  })
  void decodesTheNameOfAModel(String path, String name) {
    assertThat(Paths.model(path)).isEqualTo(name);
  }

  @Test
  void tellsAnAddressThatWasSetAsTheBase() {
    assertThat(Paths.addressAsBase("/v1/chat/completions/chat/completions")).isTrue();
    assertThat(Paths.addressAsBase("/v1/messages/v1/messages")).isTrue();
    assertThat(Paths.addressAsBase("/v1/messages/count_tokens")).isFalse();
    assertThat(Paths.addressAsBase("/v1/messages/")).isFalse();
    assertThat(Paths.twice("/v1/v1/messages")).isTrue();
    assertThat(Paths.twice("/v1/messages")).isFalse();
  }
}
