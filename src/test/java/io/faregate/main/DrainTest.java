package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.journal.JournalTail;
import io.faregate.store.duckdb.DuckDbLedger;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
  @TempDir private Path data;

  @Test
  void letsCallsUnderWayFinishAndNoNewOneIn() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var running = CompletableFuture.supplyAsync(() -> lab.ask("[[sim:delay=1s]]"));
      while (lab.bills().getFirst().attemptsOpen() == 0) {
        Thread.onSpinWait();
      }
      var drained = CompletableFuture.supplyAsync(() -> lab.wiring().drain(Lab.A_WHILE));
      while (Lab.get(lab.adminUrl() + "/readyz").statusCode() == 200) {
        Thread.onSpinWait();
      }

      var refused = lab.ask("Is anybody there?");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("faregate_draining");
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      assertThat(running.join().statusCode()).isEqualTo(200);
      assertThat(drained.join()).isTrue();
    }
  }

  @Test
  void aProcessThatIsAskedToEndHasAnsweredLoggedAndStoredItsCalls() throws Exception {
    var names = List.of("alpha", "beta");
    var store = data.resolve("data");
    try (var providers = new SimulatedProviders(names)) {
      var config = Files.writeString(data.resolve("faregate.yaml"), providers.in(Lab.POLICY));
      try (var server = ServerProcess.start(config, store)) {
        var running = CompletableFuture.supplyAsync(() -> ask(server, "[[sim:delay=1s]]"));
        while (providers.bills().getFirst().attemptsOpen() == 0) {
          Thread.onSpinWait();
        }

        var ended = server.end();

        var answer = running.join();
        assertThat(answer.statusCode()).isEqualTo(200);
        var call = answer.headers().firstValue("x-faregate-call").orElseThrow();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.lines()).anyMatch(line -> line.contains(call));
        assertThat(ended.lines()).last().asString().contains("\"stopped\"");
        var settings = DuckDbLedger.Settings.of(store.resolve(Wiring.LEDGER_FILE));
        try (var ledger = DuckDbLedger.openExisting(settings).orElseThrow()) {
          assertThat(ledger.call(call)).isPresent();
          assertThat(JournalTail.goesBeyond(store.resolve("journal"), ledger.watermark()))
              .isFalse();
        }
      }
    }
  }

  @Test
  void aProcessThatIsAskedToEndSendsAnAnswerToItsEndThatItsClientTakesLate() throws Exception {
    var store = data.resolve("data");
    try (var providers = new SimulatedProviders(List.of("alpha", "beta"))) {
      var config = Files.writeString(data.resolve("faregate.yaml"), providers.in(Lab.POLICY));
      try (var server = ServerProcess.start(config, store);
          var client = new Socket()) {
        client.setReceiveBufferSize(4 * 1024);
        var url = URI.create(server.url());
        client.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        var body = body("[[sim:huge=20000000]]");
        var request =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
        client.getOutputStream().write(request.getBytes(UTF_8));
        var answer = client.getInputStream();
        assertThat(answer.read()).isEqualTo('H');

        var ended = CompletableFuture.supplyAsync(server::end);
        awaitDraining(url);

        var all = "H" + new String(answer.readAllBytes(), UTF_8);
        var length = Pattern.compile("content-length: ([0-9]+)\r\n").matcher(all);
        assertThat(length.find()).isTrue();
        var start = all.indexOf("\r\n\r\n") + 4;
        assertThat(all.length() - start).isEqualTo(Integer.parseInt(length.group(1)));
        assertThat(ended.join().exitCode()).isZero();
      }
    }
  }

  private static void awaitDraining(URI server) {
    try {
      while (Lab.get(server.resolve("/readyz").toString()).statusCode() == 200) {
        Thread.onSpinWait();
      }
    } catch (UncheckedIOException gone) {
      // It has ended already.
    }
  }

  private static HttpResponse<String> ask(ServerProcess server, String text) {
    return Lab.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/chat/completions"))
            .timeout(Lab.A_WHILE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(text)))
            .build());
  }

  private static String body(String text) {
    return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(text);
  }
}
