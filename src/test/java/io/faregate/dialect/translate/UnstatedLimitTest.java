package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnstatedLimitTest {
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @ParameterizedTest
  @CsvSource({"8192, 8192", "64000, 32000", ", 32000"})
  void anthropicIsAskedForNoMoreThanTheModelCanWrite(@Nullable Long most, long sent) {
    var stamp = new Translated.Stamp(true, "fg_1", 1_790_000_000L, "home", most);
    var carried = new Translated(Protocol.CHAT, Api.ANTHROPIC, CHAT.getBytes(UTF_8), stamp);

    assertThat(new String(carried.body(), UTF_8)).contains("\"max_tokens\":" + sent + ",");
    assertThat(carried.warnings())
        .containsExactly("max_tokens: no output limit was given, %d is sent".formatted(sent));
  }
}
