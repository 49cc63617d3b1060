package io.faregate.main.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.ledger.Span;
import io.faregate.main.Lab;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadStreamTest {
  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path data;

  @Test
  void goesOnWhenItsClientReadsAgainHoweverShortTheSilenceIsThatAProviderMayKeep()
      throws IOException {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY + "limits: { idle: 1s }\n");
        var client = new Socket()) {
      client.setReceiveBufferSize(4 * 1024);
      var url = URI.create(lab.url());
      client.connect(new InetSocketAddress(url.getHost(), url.getPort()));
      client.setSoTimeout((int) Lab.A_WHILE.toMillis());
      var body =
          """
          {"model":"auto","stream":true,\
          "messages":[{"role":"user","content":"[[sim:tokens=60000]]"}]}\
          """;
      var request =
          "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\nconnection: close\r\n"
              + "content-length: %d\r\n\r\n%s".formatted(body.length(), body);
      client.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(client.getInputStream().read()).isEqualTo('H');

      assertThat(lab.ask("[[sim:delay=3s]]").statusCode()).isEqualTo(200);
      // How much of it the sockets at the provider swallow is up to the machine.
      assertThat(lab.metrics()).contains("faregate_calls_in_flight 1");

      assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
          .contains("data: [DONE]")
          .endsWith("0\r\n\r\n");
      lab.awaitQuiet();
      var call = lab.ledger().calls(ALWAYS, 10).getFirst().call();
      var attempts = lab.ledger().call(call).orElseThrow().attempts();
      assertThat(attempts).extracting(attempt -> attempt.ending()).containsOnly(Ending.ANSWERED);
    }
  }
}
