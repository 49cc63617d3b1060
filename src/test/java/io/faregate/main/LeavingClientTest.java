package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.call.UsageSource;
import io.faregate.ledger.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeavingClientTest {
  private static final Span ALWAYS =
      new Span(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path data;

  @Test
  void endsTheAttemptAtOnceAndSettlesWhatWasSeen() throws IOException {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      leaveAfter(lab, "[[sim:tokens=1000; gap=20ms]]", 1_500);
      lab.awaitQuiet();

      var left = lab.ledger().calls(ALWAYS, 10).getFirst();
      var attempt = lab.ledger().call(left.call()).orElseThrow().attempts().getFirst();
      var line = lab.bills().getFirst().lines().getFirst();
      assertThat(left.status()).isEqualTo(499);
      assertThat(attempt.ending()).isEqualTo(Ending.ABANDONED);
      assertThat(attempt.usageSource()).isEqualTo(UsageSource.ESTIMATED);
      // The provider noticed long before the answer was over, which would have taken 20 s.
      assertThat(line.tokens().output()).isLessThan(200);
      var cost = Objects.requireNonNull(attempt.costNanoUsd());
      assertThat(cost).isPositive();
      assertThat(cost + attempt.inDoubtNanoUsd()).isGreaterThanOrEqualTo(line.costNanoUsd());
    }
  }

  @Test
  void countsNoMoreThanWasSeenWhereTheProviderBillsNoMore() throws IOException {
    var policy = Lab.POLICY.replace("url: \"@alpha\"", "url: \"@alpha\", abandoned: seen");
    try (var lab = new Lab(data, List.of("alpha", "beta"), policy)) {
      leaveAfter(lab, "[[sim:tokens=1000; gap=20ms]]", 1_500);
      lab.awaitQuiet();

      var left = lab.ledger().calls(ALWAYS, 10).getFirst();
      var attempt = lab.ledger().call(left.call()).orElseThrow().attempts().getFirst();
      assertThat(attempt.ending()).isEqualTo(Ending.ABANDONED);
      assertThat(attempt.costNanoUsd()).isPositive();
      assertThat(attempt.inDoubtNanoUsd()).isZero();
    }
  }

  @Test
  void noticesAClientThatLeavesWhileNothingComes() throws IOException {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      leaveAfter(lab, "[[sim:tokens=5; first=20s]]", 0);
      lab.awaitQuiet();

      var left = lab.ledger().calls(ALWAYS, 10).getFirst();
      assertThat(left.status()).isEqualTo(499);
      assertThat(left.durationMillis()).isLessThan(5_000);
    }
  }

  private static void leaveAfter(Lab lab, String text, int bytes) throws IOException {
    var body =
        """
        {"model":"auto","stream":true,"messages":[{"role":"user","content":"%s"}]}\
        """
            .formatted(text);
    var request =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(lab.url()).getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
      while (bytes == 0 && lab.bills().getFirst().attemptsOpen() == 0) {
        Thread.onSpinWait();
      }
    }
  }
}
