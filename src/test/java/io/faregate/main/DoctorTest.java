package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.faregate.cli.Faregate;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Json;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// First aid, with real ports and a real call for each client.
class DoctorTest {
  private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

  private static final String FILE =
      """
      providers:
        here: { api: openai, url: "http://127.0.0.1:%d/v1", key: "${KEY}" }
      tiers:
        low: { models: [here/one] }
      tasks:
        chat: { tier: low, fallback: none }
      default_task: chat
      plans:
        standard: { tiers: [low] }
      default_plan: standard
      models:
        here/one: { window: 128k, max_output: 8k, price: { input: 2, output: 12 } }
      limits:
        daily_spend: { low: $0.05 }
      server: { port: %d, admin: { port: 0 } }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"openai", "anthropic", "claude", "codex", "ai-sdk", "langchain4j", "spring-ai"})
  void printsSettingsThatWorkAndMakesTheFirstCallOf(String client) {
    var answer = run(Map.of(), "doctor", "--client", client);

    assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(ExitCode.FINE);
    assertThat(answer.out())
        .contains("http://127.0.0.1:8080")
        .contains("answered 200, whole")
        .containsPattern("task \\w+, tier \\w+, model \\w+/\\S+, cost \\$0\\.\\d{9}");
  }

  @ParameterizedTest
  @CsvSource({"::, THIS-MACHINE", "0.0.0.0, THIS-MACHINE", "::1, [::1]", "gate.test, gate.test"})
  void namesTheHostAsAUrlDoes(String host, String named) throws IOException {
    var file = FILE.formatted(1, 18_480).replace("{ port: 18480", "{ host: \"%s\", port: 18480");
    Files.writeString(folder.resolve("host.yaml"), file.formatted(host));

    var answer =
        run(
            Map.of("KEY", "a-key-of-the-test"),
            "doctor",
            "--client",
            "openai",
            "--config",
            folder.resolve("host.yaml").toString());

    assertThat(answer.out()).contains("http://%s:18480/v1".formatted(named));
  }

  @Test
  void findsThatNoServerStartsWhereOthersMayCallWithoutKeys() throws IOException {
    var open = FILE.formatted(1, 18_481).replace("{ port: 18481", "{ host: 0.0.0.0, port: 18481");
    var file = Files.writeString(folder.resolve("open.yaml"), open).toString();

    var answer = run(Map.of("KEY", "a-key-of-the-test"), "doctor", "--config", file);

    assertThat(answer.out()).containsPattern("fault +keys +there are none, so nobody may call");
  }

  @Test
  void tellsProgramsTheSame() {
    var answer = run(Map.of(), "doctor", "--client", "openai", "--json");

    assertThat(Json.read(answer.out()))
        .containsEntry("client", "openai")
        .containsEntry("status", 200)
        .containsEntry("whole", true)
        .containsKeys("settings", "call");
  }

  @Test
  void knowsNoSettingsForAnUnknownClient() {
    var answer = run(Map.of(), "doctor", "--client", "telnet");

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err()).contains("telnet").contains("langchain4j");
  }

  @Test
  void findsAPortThatIsTakenAProviderThatIsAwayAndALimitThatIsTooSmall() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int nobody = port();
      var file = write(FILE.formatted(nobody, taken.getLocalPort()));

      var answer = run(Map.of("KEY", "k", "HTTPS_PROXY", "http://p:1"), "doctor", "--config", file);

      assertThat(answer.code()).isEqualTo(ExitCode.FINDING);
      assertThat(lines(answer, "fault"))
          .anyMatch(line -> line.contains("port " + taken.getLocalPort()))
          .anyMatch(line -> line.contains("no connection to 127.0.0.1:" + nobody));
      assertThat(lines(answer, "warning"))
          .anyMatch(line -> line.contains("limits.daily_spend.low is $0.05"));
      assertThat(lines(answer, "note")).anyMatch(line -> line.contains("HTTPS_PROXY is set"));
    }
  }

  @Test
  void warnsOfTheFileAsCheckDoes() throws IOException {
    var file = write(FILE.formatted(1, 0).replace("models: [here/one]", "models: [here/unknown]"));
    var root = Environment.of(Path.of(file));
    var environment = new Environment(Map.of("KEY", "k"), root.root(), root.catalogue());
    var today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    var checked = ConfigReader.check(Path.of(file), environment, today).problems();

    var answer = run(Map.of("KEY", "k"), "doctor", "--config", file, "--offline");

    assertThat(checked).extracting(Problem::severity).contains(Severity.WARNING);
    assertThat(checked)
        .filteredOn(problem -> problem.severity() == Severity.WARNING)
        .allSatisfy(problem -> assertThat(answer.out()).contains(problem.toString()))
        .hasSameSizeAs(lines(answer, "warning"));
  }

  @Test
  void namesEveryMistakeOfTheFile() throws IOException {
    var file = write(FILE.formatted(1, 0).replace("tier: low,", "tier: lwo,"));

    var answer = run(Map.of(), "doctor", "--config", file, "--offline");

    assertThat(answer.code()).isEqualTo(ExitCode.FINDING);
    assertThat(lines(answer, "fault"))
        .anyMatch(line -> line.contains("KEY"))
        .anyMatch(line -> line.contains("lwo"));
  }

  @Test
  void isContentWhereNothingIsWrong() throws IOException {
    var asked = "{\"error\":{\"message\":\"no model\",\"type\":\"invalid_request_error\"}}";
    try (var provider = new Saying(400, asked)) {
      var text = FILE.formatted(provider.port(), 0).replace("$0.05", "$50");

      var answer = run(Map.of("KEY", "k"), "doctor", "--config", write(text));

      assertThat(answer.code()).as(answer.out()).isEqualTo(ExitCode.FINE);
      assertThat(lines(answer, "ok")).hasSizeGreaterThan(5);
      assertThat(provider.keys()).containsExactly("Bearer k");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai    | 401 | {'error':{'message':'bad','code':'invalid_api_key'}}",
        "anthropic | 401 | {'type':'error','error':{'type':'authentication_error'}}",
        "gemini    | 400 | {'error':{'code':400,'message':'API key not valid.',"
            + "'status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]}}",
        "openai    | 403 | no",
        "openai    | 404 | {'detail':'Not Found'}"
      })
  void namesAProviderThatRefusesUs(String api, int status, String body) throws IOException {
    try (var provider = new Saying(status, body.replace('\'', '"'))) {
      var text = FILE.formatted(provider.port(), 0).replace("openai", api);

      var answer = run(Map.of("KEY", "k"), "doctor", "--config", write(text));

      assertThat(answer.code()).isEqualTo(ExitCode.FINDING);
      assertThat(lines(answer, "fault"))
          .singleElement()
          .asString()
          .contains("provider here", "it answers %d: ".formatted(status))
          .contains(status == 404 ? "nothing at that address" : "refuses our key");
    }
  }

  @Test
  void namesAProviderWithWhomNoEncryptedConnectionCanBeMade() throws IOException {
    try (var plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerPlainly(plain));
      var text = FILE.formatted(plain.getLocalPort(), 0).replace("http:", "https:");

      var answer = run(Map.of("KEY", "k"), "doctor", "--config", write(text));

      assertThat(answer.code()).isEqualTo(ExitCode.FINDING);
      assertThat(lines(answer, "fault")).singleElement().asString().contains("SSL");
    }
  }

  /// Whatever comes gets an answer that is not encrypted, until the socket is closed.
  private static void answerPlainly(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (var client = socket.accept()) {
        client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      } catch (IOException gone) {
        // It has left, or the test is over.
      }
    }
  }

  /// A provider that says always the same.
  private static final class Saying implements AutoCloseable {
    private final HttpServer server;
    private final List<String> keys = new CopyOnWriteArrayList<>();

    Saying(int status, String body) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    /// What it was shown.
    List<String> keys() {
      return keys;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private record Answer(int code, String out, String err) {}

  private Answer run(Map<String, String> variables, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, 0);
    var commands = new Commands(terminal);
    var clock = InstantSource.fixed(NOW);
    var outside =
        new Outside(
            commands,
            commands,
            commands,
            new HttpProbe(InstantSource.system()),
            terminal,
            clock,
            new Random(1),
            variables);
    var line =
        Stream.concat(Stream.of(arguments), Stream.of("--data", folder.resolve("data").toString()))
            .toArray(String[]::new);
    var code = Faregate.run(line, outside);
    return new Answer(code, out.toString(), err.toString());
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("faregate.yaml"), text).toString();
  }

  private static List<String> lines(Answer answer, String level) {
    return answer.out().lines().filter(line -> line.startsWith(level + " ")).toList();
  }

  /// A port that nobody listens on, as far as can be known.
  private static int port() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
