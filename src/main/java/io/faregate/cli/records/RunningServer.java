package io.faregate.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.audit.Document;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Json;
import io.faregate.cli.terminal.Terminal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admin port of a server.
///
/// @param token for the port, or null
/// @param startedAt when it was started, as it tells it; null for any server
public record RunningServer(URI admin, @Nullable String token, @Nullable String startedAt) {
  static final String CALLS = "/api/v1/calls/";

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /// Any server that answers there.
  public RunningServer(URI admin, @Nullable String token) {
    this(admin, token, null);
  }

  /// The server that has written its address into a data folder; empty if none has.
  public static Optional<RunningServer> on(Path data, @Nullable String token) {
    var file = data.resolve("server.json");
    try {
      var fields = Document.of(Json.read(Files.readString(file, UTF_8)));
      var admin = URI.create(fields.text("admin", ""));
      return Optional.of(new RunningServer(admin, token, fields.text("started_at", "")));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          """
          cannot read the address of the server in %s; name it with --admin, or remove the file \
          if no server runs\
          """
              .formatted(file),
          unreadable);
    }
  }

  /// Whether it listens there, and no other that has taken its port over. The number of its process
  /// would not tell: in a container that starts again, the next process has the same one.
  public boolean alive() {
    try {
      // Who answers may be anybody, and gets no token.
      var answer = send(new RunningServer(admin, null).asking("/healthz"));
      return startedAt == null || startedAt.equals(startedAt(answer));
    } catch (ConnectException nobody) {
      return false;
    } catch (HttpTimeoutException silent) {
      return true;
    } catch (IOException notHttp) {
      return startedAt == null;
    }
  }

  private static String startedAt(HttpResponse<String> answer) {
    try {
      return Document.of(Json.read(answer.body())).text("started_at", "unknown");
    } catch (IllegalArgumentException notJson) {
      return "unknown";
    }
  }

  /// What the server answers.
  public Document get(String path) {
    return document(text(asking(path)));
  }

  /// What the server answers, where that is a list.
  public List<Document> list(String path) {
    var text = text(asking(path));
    return read(() -> Json.readList(text).stream().map(Document::of).toList());
  }

  /// Asks the server to change something.
  public Document change(String path, Document change) {
    var body = BodyPublishers.ofString(Json.write(change.fields()));
    return document(text(asking(path).header("content-type", "application/json").POST(body)));
  }

  /// The name of the zone in which its days begin.
  public String zone() {
    return get("/api/v1/policy").text("timezone", "UTC");
  }

  private String text(HttpRequest.Builder request) {
    try {
      return answered(send(request));
    } catch (IOException silent) {
      throw unreachable(silent);
    }
  }

  private HttpRequest.Builder asking(String path) {
    try {
      var url = URI.create(admin.toString().replaceFirst("/+$", "") + path);
      var request =
          HttpRequest.newBuilder(url).timeout(ANSWER).header("accept", "application/json");
      return token == null || token.isEmpty()
          ? request
          : request.header("authorization", "Bearer " + token);
    } catch (IllegalArgumentException notHttp) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is not the address of a server; write it like http://127.0.0.1:8081".formatted(admin),
          notHttp);
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted", interrupted);
    }
  }

  /// The body of an answer that is one.
  private String answered(HttpResponse<String> answer) {
    var path = answer.request().uri().getPath();
    if (answer.statusCode() == 404 && code(answer).equals("faregate_unknown_call")) {
      throw Records.unknown(path.substring(CALLS.length()));
    }
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 409 ->
          throw new CliException(
              ExitCode.FINDING,
              "%s; `faregate limits in-doubt` lists what is in doubt"
                  .formatted(Terminal.plain(error(answer).text("message", "not in doubt"))));
      case 401, 403 ->
          throw new CliException(
              ExitCode.UNREACHABLE,
              "%s does not let us in (%d); set FAREGATE_ADMIN_TOKEN to its server.admin.token"
                  .formatted(admin, answer.statusCode()));
      case 404 ->
          throw new CliException(
              ExitCode.UNREACHABLE,
              """
              %s has no %s; is it the admin port (8081 unless set otherwise), and not the one for \
              calls?\
              """
                  .formatted(admin, path));
      default ->
          throw new CliException(
              ExitCode.UNREACHABLE,
              "%s answered %d to %s: %s"
                  .formatted(admin, answer.statusCode(), path, beginning(answer.body())));
    };
  }

  /// The stable code of an error, or an empty text.
  private static String code(HttpResponse<String> answer) {
    return error(answer).text("code", "");
  }

  private static Document error(HttpResponse<String> answer) {
    try {
      return Document.of(Json.read(answer.body())).inner("error");
    } catch (IllegalArgumentException notJson) {
      return new Document();
    }
  }

  private Document document(String body) {
    return read(() -> Document.of(Json.read(body)));
  }

  private <T> T read(Supplier<T> json) {
    try {
      return json.get();
    } catch (IllegalArgumentException notJson) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "%s answered with something else than JSON; is it the admin port of Faregate?"
              .formatted(admin),
          notJson);
    }
  }

  private CliException unreachable(IOException silent) {
    return new CliException(
        ExitCode.UNREACHABLE,
        """
        no answer from the server at %s; is it running, and is that its admin port? --admin \
        names another one\
        """
            .formatted(admin),
        silent);
  }

  private static String beginning(String body) {
    var text = Terminal.plain(body);
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
