package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.simulator.BillLine.Ending;
import io.faregate.simulator.tongue.Text;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

/// Each fault in each dialect.
class DialectFaultTest {
  private final RunningProvider running = RunningProvider.usual();

  @AfterEach
  void stop() {
    running.close();
  }

  private HttpResponse<byte[]> plain(Speech speech, String markers) {
    return running.bytes(speech.call(running, "[[sim:" + markers + "]]", false));
  }

  private List<String> events(Speech speech, String markers) {
    var response = running.bytes(speech.call(running, "[[sim:" + markers + "]]", true));
    assertThat(response.statusCode()).isEqualTo(200);
    return speech.events(response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,      429, rate_limit_exceeded",
    "CHAT,      503, server_error",
    "RESPONSES, 402, insufficient_quota",
    "MESSAGES,  402, billing_error",
    "MESSAGES,  429, rate_limit_error",
    "MESSAGES,  500, api_error",
    "MESSAGES,  529, overloaded_error",
    "GEMINI,    429, RESOURCE_EXHAUSTED",
    "GEMINI,    503, UNAVAILABLE",
    "CONVERSE,  429, ThrottlingException",
    "CONVERSE,  503, ServiceUnavailableException",
    "CONVERSE,  400, ValidationException"
  })
  void answersAStatusInTheWordsOfTheDialect(Speech speech, int status, String word) {
    for (boolean stream : new boolean[] {false, true}) {
      var response =
          running.bytes(
              speech.call(running, "[[sim:status=%d; retry=7]]".formatted(status), stream));

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("retry-after")).contains("7");
      String type = response.headers().firstValue("x-amzn-errortype").orElse("");
      assertThat(new String(response.body(), UTF_8) + type).contains(word);
    }
    running.settled();
    assertThat(running.provider.bill().attemptsCharged()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,      context_length_exceeded",
    "RESPONSES, context_length_exceeded",
    "MESSAGES,  prompt is too long: 200001 tokens > 200000 maximum",
    "GEMINI,    (200001) exceeds the maximum number of tokens allowed (200000)",
    "CONVERSE,  Input is too long for requested model."
  })
  void declinesAPromptThatIsTooLong(Speech speech, String words) {
    var response = plain(speech, "input=200001");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), UTF_8)).contains(words);
  }

  @ParameterizedTest
  @EnumSource
  void knowsItsOwnKeyOnly(Speech speech) {
    var habits = SimulatedProvider.Habits.USUAL.withKey("other");
    try (var locked = new RunningProvider(RunningProvider.settings().withHabits(habits))) {
      var response = locked.bytes(speech.call(locked, "hello", false));

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isNotEmpty();
    }
    assertThat(running.bytes(speech.call(running, "hello", false)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void waitsBeforeItAnswers(Speech speech) {
    long before = System.nanoTime();
    assertThat(plain(speech, "delay=60ms").statusCode()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(59));
  }

  @ParameterizedTest
  @EnumSource
  void cutsAStreamAndChargesItsBeginning(Speech speech) {
    var call = speech.call(running, "[[sim:cut=7; tokens=100]]", true);

    assertThatThrownBy(() -> running.bytes(call)).isInstanceOf(UncheckedIOException.class);
    assertThat(running.line().ending()).isEqualTo(Ending.CUT);
    assertThat(running.line().tokens().output()).isBetween(1L, 7L);
  }

  @ParameterizedTest
  @EnumSource
  void endsAStreamSilently(Speech speech) {
    List<String> events = events(speech, "end=7; tokens=100");

    assertThat(events).noneMatch(event -> event.contains(speech.terminal));
    assertThat(running.line().ending()).isEqualTo(Ending.CUT);
  }

  @ParameterizedTest
  @EnumSource
  void forgetsTheTerminalEvent(Speech speech) {
    assertThat(events(speech, "tokens=5").toString()).contains(speech.terminal);
    assertThat(events(speech, "nodone; tokens=6").toString()).doesNotContain(speech.terminal);
  }

  @ParameterizedTest
  @EnumSource
  void breaksTheJsonOfOneEvent(Speech speech) {
    List<String> events = events(speech, "malformed=6; tokens=100");

    assertThat(events.stream().filter(event -> event.contains("{")).filter(this::broken))
        .hasSize(1);
    assertThat(events.toString()).contains(speech.terminal);
    assertThat(broken(new String(plain(speech, "malformed=1").body(), UTF_8))).isTrue();
  }

  private boolean broken(String event) {
    try {
      var _ = Text.JSON.readTree(event.substring(event.indexOf('{')));
      return false;
    } catch (JacksonException _) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,      prompt_tokens",
    "RESPONSES, input_tokens",
    "MESSAGES,  input_tokens",
    "GEMINI,    usageMetadata",
    "CONVERSE,  inputTokens"
  })
  void keepsUsageToItself(Speech speech, String usage) {
    assertThat(events(speech, "tokens=5").toString()).contains(usage);
    running.settled();
    running.provider.bill().reset();

    assertThat(events(speech, "usage=missing; tokens=6").toString()).doesNotContain(usage);
    assertThat(new String(plain(speech, "usage=missing").body(), UTF_8)).doesNotContain(usage);
    running.settled();
    assertThat(running.provider.bill().lines()).hasSize(2).noneMatch(BillLine::usageReported);
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,      completion_tokens\":",
    "RESPONSES, output_tokens\":",
    "MESSAGES,  output_tokens\":",
    "GEMINI,    candidatesTokenCount\":",
    "CONVERSE,  outputTokens\":"
  })
  void repeatsUsageUntilItIsWhatIsBilled(Speech speech, String usage) {
    List<String> told =
        events(speech, "usage=cumulative; tokens=20").stream()
            .filter(event -> event.contains(usage))
            .toList();

    assertThat(told).hasSizeGreaterThan(19);
    assertThat(told.getLast()).contains(usage + "20");
    assertThat(running.line().usageReported()).isTrue();
    assertThat(events(speech, "usage=decreasing; tokens=20").toString()).contains(usage + "10");
    assertThat(events(speech, "usage=absurd; tokens=20").toString())
        .contains(usage + "9223372036854775808");
  }

  @ParameterizedTest
  @CsvSource({
    "CHAT,      'data: {\"error\":'",
    "RESPONSES, response.failed",
    "MESSAGES,  event: error",
    "GEMINI,    'data: {\"error\":'",
    "CONVERSE,  exception internalServerException"
  })
  void putsAnErrorIntoAStream(Speech speech, String error) {
    List<String> events = events(speech, "error=2; tokens=9");

    assertThat(String.join("\n", events)).contains(error).doesNotContain(speech.terminal);
    assertThat(running.line().ending()).isEqualTo(Ending.FAILED);
    assertThat(running.line().tokens().output()).isEqualTo(2);
    assertThat(events(speech, "error=0").toString()).contains("simulated");
  }

  @ParameterizedTest
  @EnumSource
  void sendsMoreThanAnybodyNeeds(Speech speech) {
    List<String> events = events(speech, "huge=300000; tokens=5");

    assertThat(events).anyMatch(event -> event.length() > 300_000);
    assertThat(events.toString()).contains(speech.terminal);
    assertThat(running.line().usageReported()).isTrue();
    assertThat(plain(speech, "huge=300000").body()).hasSizeGreaterThan(300_000);
  }

  @ParameterizedTest
  @EnumSource
  void splitsCharactersAndEvents(Speech speech) {
    List<String> events = events(speech, "pieces=3; say=Ünïcödé 🎫 in pieces");

    assertThat(events.toString()).contains("🎫").contains(speech.terminal);
  }

  @Test
  void embedsAndCountsWithTheSameFaults() {
    String embed = "{\"model\":\"claude\",\"input\":\"hello\",\"dimensions\":2}";
    String count = Speech.MESSAGES.body("hello", false);
    for (String markers : List.of("status=529", "malformed=1", "cut=1", "usage=missing")) {
      var embedding = running.request("/v1/embeddings", embed).header("x-sim", markers);
      var counting = running.request("/v1/messages/count_tokens", count).header("x-sim", markers);
      for (var request : List.of(embedding, counting)) {
        if (markers.startsWith("cut")) {
          assertThatThrownBy(() -> running.bytes(request.build()))
              .isInstanceOf(UncheckedIOException.class);
        } else {
          var response = running.bytes(request.build());
          String body = new String(response.body(), UTF_8);
          assertThat(response.statusCode()).isEqualTo(markers.startsWith("status") ? 529 : 200);
          assertThat(broken(body)).as(body).isEqualTo(markers.startsWith("malformed"));
          assertThat(body).doesNotContain("usage");
        }
      }
    }
    running.settled();
    assertThat(running.provider.bill().attemptsCharged()).isEqualTo(3);
  }
}
