package io.faregate.main;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedBodyTest {
  @TempDir private Path data;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedByItsLengthAndTheConnectionGoes() throws IOException {
    try (var client = connect()) {
      send(client, "POST /v1/chat/completions", "content-length: 99999999999");

      var answer = new String(client.getInputStream().readAllBytes(), US_ASCII);

      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("connection: close\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /nope", "POST /v1/chat/completions"})
  void whoGoesOnSendingABodyThatIsRefusedLosesTheConnection(String request) throws IOException {
    try (var client = connect()) {
      send(client, request, "transfer-encoding: chunked");

      assertThat(endsWhileSending(client)).isTrue();
    }
  }

  private static boolean endsWhileSending(Socket client) throws IOException {
    var piece = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
    var end = System.nanoTime() + Lab.A_WHILE.toNanos();
    while (System.nanoTime() < end) {
      try {
        client.getOutputStream().write(piece);
      } catch (SocketException closed) {
        return true;
      }
    }
    return false;
  }

  private Socket connect() throws IOException {
    var url = URI.create(lab.url());
    var client = new Socket(url.getHost(), url.getPort());
    client.setSoTimeout((int) Lab.A_WHILE.toMillis());
    return client;
  }

  private static void send(Socket client, String request, String header) throws IOException {
    var head = "%s HTTP/1.1\r\nhost: faregate\r\n%s\r\n\r\n".formatted(request, header);
    client.getOutputStream().write(head.getBytes(US_ASCII));
  }
}
