package io.faregate.cli.doctor;

import io.faregate.audit.Document;
import io.faregate.cli.port.Servers.Stage;
import io.faregate.cli.records.RunningServer;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The first call of a client, made on a stage, and what is on record of it.
///
/// @param whole whether the answer came to the end that its client waits for
/// @param record of the call; null if it was refused before it was one, or is not stored in time
record Trial(String path, int status, boolean whole, String body, @Nullable Document record) {
  private static final int SHOWN = 400;

  /// How long a busy machine may take to store a call.
  private static final Duration STORING = Duration.ofSeconds(30);

  /// Makes the call.
  static Trial of(FirstCall call, Stage stage, String key) {
    var answer = send(call, stage, key);
    var record =
        answer
            .headers()
            .firstValue("x-faregate-call")
            .filter(_ -> stage.recorded(STORING))
            .map(id -> new RunningServer(stage.admin(), null).get("/api/v1/calls/" + id));
    var whole = answer.body().contains(call.end());
    return new Trial(call.path(), answer.statusCode(), whole, answer.body(), record.orElse(null));
  }

  private static HttpResponse<String> send(FirstCall call, Stage stage, String key) {
    try (var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      return client.send(call.to(stage.url().toString(), key), BodyHandlers.ofString());
    } catch (IOException silent) {
      throw new CliException(
          ExitCode.UNREACHABLE, "the call to %s got no answer".formatted(stage.url()), silent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted", interrupted);
    }
  }

  /// Whether the client would have been content.
  boolean well() {
    return status == 200 && whole;
  }

  void print(Terminal terminal) {
    var outcome =
        "POST %s answered %d%s"
            .formatted(path, status, whole ? ", whole" : status == 200 ? ", cut short" : "");
    terminal.data(well() ? terminal.green(outcome) : terminal.red(outcome));
    if (record != null) {
      terminal.data(
          "task %s, tier %s, model %s, cost $%s, call %s"
              .formatted(
                  record.text("task", "-"),
                  record.text("tier", "-"),
                  record.text("model", "-"),
                  record.text("cost_usd", "unpriced"),
                  record.text("call", "-")));
    } else if (well()) {
      terminal.data(
          "its record was not stored within %d s; try again when this machine is less busy"
              .formatted(STORING.toSeconds()));
    }
    if (!well()) {
      var text = Terminal.plain(body);
      terminal.data(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
  }

  Document document() {
    return new Document()
        .put("path", path)
        .put("status", status)
        .put("whole", whole)
        .put("call", record);
  }
}
