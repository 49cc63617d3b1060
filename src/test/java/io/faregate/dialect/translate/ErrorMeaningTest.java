package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.dialect.ProviderError;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiResponses;
import io.faregate.dialect.translate.provider.AnthropicProvider;
import io.faregate.dialect.translate.provider.OpenAiProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An error means the same to a client of the provider's own dialect and to one that is translated.
class ErrorMeaningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | CLIENTS | {"error":{"type":"invalid_request_error","message":"no"}}
          401 | OURS | {"error":{"type":"authentication_error","message":"no"}}
          401 | OURS | {"error":{"type":"server_error","message":"no"}}
          402 | OURS | {"error":{}}
          403 | OURS | {"error":{}}
          404 | OURS | {"error":{"code":"model_not_found"}}
          407 | OURS | <html>a proxy wants a password</html>
          408 | PASSING | {"error":{}}
          409 | PASSING | {"error":{}}
          413 | CLIENTS | {"error":{"message":"the body is too large"}}
          413 | CONTEXT_LENGTH | {"error":{"message":"prompt is too long: 9 tokens"}}
          422 | CLIENTS | {"error":{"code":"bad_thing"}}
          424 | PASSING | {"error":{}}
          429 | RATE_LIMITED | {"error":{"type":"invalid_request_error"}}
          429 | OURS | {"error":{"code":"insufficient_quota"}}
          400 | CONTEXT_LENGTH | {"error":{"code":"context_length_exceeded"}}
          400 | FILTERED | {"error":{"code":"content_filter"}}
          400 | CONTEXT_LENGTH | \
          {"error":{"code":"too_long","message":"maximum context length is 9"}}
          400 | CONTEXT_LENGTH | {"object":"error","message":"maximum context length is 9"}
          400 | CONTEXT_LENGTH | {"error":"input is too long"}
          400 | CLIENTS | {"error":7}
          500 | PASSING | {"error":{"message":"input is too long"}}
          503 | PASSING | <html>
          302 | PASSING | <html>
          """)
  void ofOpenAiMeansTheSameAsItIsAndTranslated(int status, ProviderError meaning, String text) {
    var body = text.getBytes(UTF_8);

    assertThat(new OpenAiChat().providerError(status, body)).isEqualTo(meaning);
    assertThat(new OpenAiResponses().providerError(status, body)).isEqualTo(meaning);
    assertThat(new OpenAiProvider().error(status, body).meaning()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | CLIENTS | {"error":{"type":"invalid_request_error","message":"no"}}
          400 | CONTEXT_LENGTH | \
          {"error":{"type":"invalid_request_error","message":"prompt is too long"}}
          400 | OURS | \
          {"error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}
          401 | OURS | {"error":{"type":"authentication_error"}}
          402 | OURS | {"error":{"type":"billing_error"}}
          403 | OURS | {"error":{"type":"permission_error"}}
          403 | OURS | {"error":{"type":"invalid_request_error"}}
          404 | OURS | {"error":{"type":"not_found_error"}}
          407 | OURS | <html>a proxy wants a password</html>
          408 | PASSING | {"error":{}}
          409 | PASSING | {"error":{"type":"invalid_request_error"}}
          409 | PASSING | <html>
          413 | CLIENTS | {"error":{"type":"request_too_large","message":"over 32 MB"}}
          413 | CONTEXT_LENGTH | \
          {"error":{"type":"request_too_large","message":"prompt is too long"}}
          424 | PASSING | <html>
          429 | RATE_LIMITED | {"error":{"type":"rate_limit_error"}}
          429 | RATE_LIMITED | {"error":{"type":"invalid_request_error"}}
          500 | PASSING | {"error":{"type":"api_error"}}
          504 | PASSING | {"error":{"type":"timeout_error"}}
          529 | PASSING | {"error":{"type":"overloaded_error"}}
          302 | PASSING | <html>
          """)
  void ofAnthropicMeansTheSameAsItIsAndTranslated(int status, ProviderError meaning, String text) {
    var body = text.getBytes(UTF_8);

    assertThat(new AnthropicMessages().providerError(status, body)).isEqualTo(meaning);
    assertThat(new AnthropicProvider(null).error(status, body).meaning()).isEqualTo(meaning);
  }
}
