package io.faregate.main.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.main.Lab;
import io.faregate.main.ServerProcess;
import io.faregate.main.SimulatedProviders;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that never ends a line costs no more memory than two events may have (RELIABILITY
/// R10): the process has little more in all.
class HostileProviderTest {
  private static final String POLICY =
      """
      providers:
        alpha: { api: openai, url: "@alpha", key: test }
        claude: { api: anthropic, url: "@claude/..", key: test }
      models:
        alpha/gpt-5.4-nano: { window: 400k, price: { input: 0.2, output: 1.25 } }
        claude/claude-sonnet-5: { window: 1M, price: { input: 2, output: 10 } }
      tiers: { low: { models: [alpha/gpt-5.4-nano] }, high: { models: [claude/claude-sonnet-5] } }
      tasks:
        faq:  { tier: low, fallback: none }
        talk: { tier: high, fallback: none }
      default_task: faq
      server: { port: 0, admin: { port: 0 } }
      """;

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/chat/completions", "/responses", "/messages"})
  void aLineOf64MebibytesIsGivenUpAndTheNextCallIsAnswered(String path) throws Exception {
    try (var providers = new SimulatedProviders(List.of("alpha", "claude"))) {
      var config = Files.writeString(folder.resolve("faregate.yaml"), providers.in(POLICY));
      try (var server = ServerProcess.start(config, folder.resolve("data"), "-Xmx64m")) {
        givesUp(server.url() + path, "faq");
        givesUp(server.url() + path, "talk");
      }
    }
  }

  private static void givesUp(String url, String task) {
    var line = ask(url, task, "[[sim:tokens=9; huge=67108864]]");

    assertThat(line.statusCode()).as(line.body()).isEqualTo(502);
    assertThat(line.body()).hasSizeLessThan(1_000).contains("\"error\"");
    assertThat(ask(url, task, "[[sim:tokens=9]]").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> ask(String url, String task, String text) {
    var question = url.endsWith("/responses") ? "\"input\":\"%s\"" : MESSAGES;
    var body =
        "{\"model\":\"task/%s\",\"stream\":true,\"max_tokens\":900,%s}"
            .formatted(task, question.formatted(text));
    return Lab.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Lab.A_WHILE)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
