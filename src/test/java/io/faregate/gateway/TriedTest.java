package io.faregate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Reason;
import io.faregate.dialect.ProviderError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriedTest {
  @Test
  void aProviderMayAskToBeLeftAloneForSeconds() {
    assertThat(failed("7").retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "soon", "-1", "1.5", "12345678", "Wed, 21 Oct 2026 07:28:00 GMT"})
  void whatIsNoNumberOfSecondsAsksForNothing(String retryAfter) {
    assertThat(failed(retryAfter).retryAfter()).isNull();
  }

  private static Tried.Failed failed(String retryAfter) {
    var headers = List.of(new Header("retry-after", retryAfter));
    var answer = new Tried.Passed(429, headers, new byte[0]);
    return new Tried.Failed(Reason.RATE_LIMITED, ProviderError.RATE_LIMITED, answer);
  }
}
