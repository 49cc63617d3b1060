package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.call.Ending;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Span;
import io.faregate.ledger.StoredCall;
import io.faregate.main.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of a provider that answers no attempt to connect.
class UnsentAttemptTest {
  private static final String BODY =
      "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path data;
  private final List<Socket> waiting = new ArrayList<>();
  private ServerSocket busy;

  /// Connections that nobody accepts; from some number on, a further one is not answered.
  @BeforeEach
  void start() throws IOException {
    busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    while (waiting.size() < 100) {
      var socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(busy.getLocalSocketAddress(), 300);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IllegalStateException("100 connections were made that nobody accepts");
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : waiting) {
      socket.close();
    }
    busy.close();
  }

  @Test
  void isNotInDoubtWhenItTimesOut() {
    try (var lab = lab("limits: { deadline: 9s, attempt_timeout: 1s }\n")) {
      assertThat(lab.chat(BODY).statusCode()).isEqualTo(200);

      var call = last(lab);
      assertThat(call.attempts())
          .extracting(AttemptEntry::ending)
          .containsExactly(Ending.UNSENT, Ending.ANSWERED);
      assertThat(call.attempts().getFirst().problem())
          .isEqualTo("no connection could be made within 1,000 ms");
      assertThat(call.call().inDoubtNanoUsd()).isZero();
      assertThat(call.call().costNanoUsd()).isEqualTo(lab.billNanoUsd());
    }
  }

  @Test
  void isNotInDoubtWhenItsClientLeaves() {
    try (var lab = lab("limits: { deadline: 9s, attempt_timeout: 8s }\n");
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(lab.url() + "/chat/completions"))
              .timeout(Duration.ofSeconds(1))
              .POST(HttpRequest.BodyPublishers.ofString(BODY));

      assertThatThrownBy(() -> client.send(request.build(), HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(HttpTimeoutException.class);
      lab.awaitQuiet();

      var call = last(lab);
      assertThat(call.call().status()).isEqualTo(499);
      assertThat(call.attempts()).extracting(AttemptEntry::ending).containsExactly(Ending.UNSENT);
      assertThat(call.call().costNanoUsd()).isZero();
      assertThat(call.call().inDoubtNanoUsd()).isZero();
    }
  }

  private Lab lab(String limits) {
    var url = "\"http://127.0.0.1:%d/v1\"".formatted(busy.getLocalPort());
    var policy = Lab.POLICY.replace("\"@alpha\"", url);
    return new Lab(data, List.of("beta"), policy + limits);
  }

  private static StoredCall last(Lab lab) {
    var ledger = lab.ledger();
    var id = ledger.calls(ALWAYS, 10).getFirst().call();
    return ledger.call(id).orElseThrow();
  }
}
