package io.faregate.simulator;

import static io.faregate.simulator.RunningProvider.body;
import static io.faregate.simulator.RunningProvider.settings;
import static io.faregate.simulator.RunningProvider.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.simulator.BillLine.Ending;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.TokenCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FaultTest {
  private final RunningProvider running = RunningProvider.usual();

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void answersAnErrorStatusInTheShapeOfOpenAiAndChargesNothing() {
    var response = running.post(body("[[sim:status=429; retry=7]]", ""));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("7");
    assertThat(error(response.body()).path("code").asString()).isEqualTo("rate_limit_exceeded");
    running.settled();
    assertThat(running.provider.bill().attemptsCharged()).isZero();
  }

  @Test
  void chargesThePromptOfAnErrorThatTheProviderBills() {
    assertThat(running.post(body("[[sim:status=400; billed; input=1000]]", "")).statusCode())
        .isEqualTo(400);

    assertThat(running.line().tokens()).isEqualTo(new TokenCount(1_000, 0, 0, 0));
    assertThat(running.line().ending()).isEqualTo(Ending.FAILED);
  }

  @Test
  void sendsTheBodyOfAScriptedStatusAsItIs() {
    running.provider.script(Script.of(new Fault.Status(502, "<html>bad gateway", -1, false)));

    var response = running.post(body("hello", ""));

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).isEqualTo("<html>bad gateway");
  }

  @Test
  void declinesAPromptBeyondTheWindowAndWhenAskedTo() {
    for (String marker : List.of("[[sim:input=10000001]]", "[[sim:context]]")) {
      var response = running.post(body(marker, ""));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(error(response.body()).path("code").asString())
          .isEqualTo("context_length_exceeded");
    }
    assertThat(running.provider.bill().attemptsCharged()).isZero();
  }

  @Test
  void delaysTheHeadTheFirstEventAndEveryEvent() {
    long start = System.nanoTime();

    assertThat(status(streamed("[[sim:delay=60ms; first=60ms; gap=20ms; tokens=4]]")))
        .isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(195));
  }

  @Test
  void closesTheConnectionWithoutAnAnswer() {
    assertThat(running.readAll(body("[[sim:reset]]", ""))).isEmpty();
    running.settled();
    assertThat(running.provider.bill().attemptsCharged()).isZero();

    assertThatThrownBy(() -> running.post(body("[[sim:reset; billed]]", "")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(running.line().tokens().output()).isZero();
  }

  @Test
  void staysSilentUntilTheClientLeavesAndChargesThePrompt() {
    running.leaveAtOnce(body("[[sim:silence; input=500]]", ""));

    assertThat(running.line().tokens()).isEqualTo(new TokenCount(500, 0, 0, 0));
    assertThat(running.line().ending()).isEqualTo(Ending.CLIENT_LEFT);
  }

  @Test
  void cutsAStreamAfterEventsAndChargesWhatWasProduced() {
    String read = running.readAll(streamed("[[sim:cut=4; tokens=10]]"));

    assertThat(count(read, "data: ")).isEqualTo(4);
    assertThat(read).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
    assertThat(running.line().tokens().output()).isEqualTo(3);
    assertThat(running.line().ending()).isEqualTo(Ending.CUT);
    assertThat(running.line().usageReported()).isFalse();
  }

  @Test
  void cutsAStreamInTheMiddleOfAnEvent() {
    String whole = running.post(streamed("[[sim:tokens=10]]")).body();
    String read = running.readAll(streamed("[[sim:cutbytes=700; tokens=10]]"));

    assertThat(unchunked(read)).hasSize(700);
    assertThat(whole).hasSizeGreaterThan(700);
    running.settled();
    assertThat(running.provider.bill().lines().getLast().ending()).isEqualTo(Ending.CUT);
  }

  @Test
  void cutsAPlainBodyAndChargesAllOfIt() {
    String read = running.readAll(body("[[sim:cut=1; tokens=10]]", ""));

    assertThat(read).contains("content-length:").contains("chat.completion");
    assertThat(read).doesNotContain("usage");
    assertThat(running.line().tokens().output()).isEqualTo(10);
    assertThat(running.line().ending()).isEqualTo(Ending.CUT);
  }

  @Test
  void breaksOneEventAndChargesItsToken() {
    List<String> events = running.events(streamed("[[sim:malformed=3; tokens=5]]"));

    assertThat(events).hasSize(9);
    assertThat(events.get(2)).endsWith("[{\"ind");
    assertThat(events.getLast()).isEqualTo("[DONE]");
    assertThat(running.line().tokens().output()).isEqualTo(5);
  }

  @Test
  void breaksAPlainBody() {
    assertThat(running.post(body("[[sim:malformed=1]]", "")).body()).doesNotEndWith("}");
    assertThat(running.line().usageReported()).isFalse();
  }

  @Test
  void leavesUsageOut() {
    assertThat(running.answer(body("[[sim:usage=missing]]", "")).has("usage")).isFalse();
    assertThat(String.join("", running.events(streamed("[[sim:usage=missing]]"))))
        .doesNotContain("prompt_tokens");
    assertThat(running.provider.bill().lines()).noneMatch(BillLine::usageReported).hasSize(2);
  }

  @Test
  void repeatsUsageOnEveryChunkUntilItIsWhatIsBilled() {
    List<String> events = running.events(streamed("[[sim:usage=cumulative; tokens=3]]"));

    List<Long> outputs =
        events.stream()
            .filter(event -> !event.equals("[DONE]"))
            .map(
                event -> Text.JSON.readTree(event).path("usage").path("completion_tokens").asLong())
            .toList();
    assertThat(outputs).containsExactly(0L, 1L, 2L, 3L, 3L);
    assertThat(running.line().usageReported()).isTrue();
  }

  @Test
  void sendsUsageBeforeTheLastChunk() {
    List<String> events = running.events(streamed("[[sim:usage=early; tokens=2]]"));

    assertThat(events).hasSize(6);
    assertThat(events.get(3)).contains("\"choices\":[]").contains("\"completion_tokens\":2");
    assertThat(events.get(4)).contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void putsAnErrorIntoA200() {
    var plain = running.post(body("[[sim:error=0]]", ""));
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(error(plain.body()).path("type").asString()).isEqualTo("server_error");
    assertThat(running.provider.bill().attemptsCharged()).isZero();

    List<String> events = running.events(streamed("[[sim:error=2; tokens=9]]"));
    assertThat(events).hasSize(4);
    assertThat(events.getLast()).contains("\"error\"");
    assertThat(running.line().tokens().output()).isEqualTo(2);
    assertThat(running.line().ending()).isEqualTo(Ending.FAILED);
  }

  @Test
  void forgetsTheDone() {
    assertThat(running.events(streamed("[[sim:nodone]]")).getLast()).contains("\"usage\"");
  }

  @Test
  void liesAboutTheContentType() {
    var response = running.post(streamed("[[sim:type=text/html]]"));

    assertThat(response.headers().firstValue("content-type")).contains("text/html");
    assertThat(response.body()).contains("[DONE]");
  }

  @Test
  void refusesAContentTypeThatNoHeaderCanCarry() {
    for (String type : List.of("a\r\nx: y", "a\u0000b", "tëxt")) {
      var response = running.post(streamed("[[sim:type=%s]]".formatted(type)));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("marker `type`");
    }
  }

  @Test
  void closesTheConnectionOfAnAnswerThatFailsLater() {
    var unheard = Script.of(new Fault.ContentType("a\r\nx: y"));
    var later = settings().withLatency(Duration.ofMillis(1), Duration.ZERO).withScript(unheard);
    try (var failing = new RunningProvider(later)) {
      assertThat(failing.readAll(body("hello", ""))).isEmpty();
      failing.settled();
      assertThat(failing.provider.bill().attemptsCharged()).isZero();
    }
  }

  @Test
  void refusesAnAddressThatCannotBeDecoded() {
    for (String path :
        List.of(
            "/v1beta/models/%zz:generateContent",
            "/model/%zz/converse", "/openai/deployments/%zz/chat/completions")) {
      assertThat(running.readUntil(path, "{}", "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void refusesAnAnswerThatItsMemoryDoesNotBear() {
    var two = running.post(body("[[sim:tokens=150000]]", ",\"n\":2,\"stream\":true"));
    var long_ = running.post(body("[[sim:tokens=200001]]", ""));
    var probable =
        running.post(body("[[sim:tokens=20000]]", ",\"logprobs\":true,\"top_logprobs\":20"));
    var huge = running.post(streamed("[[sim:huge=67108865]]"));

    assertThat(two.statusCode()).isEqualTo(400);
    assertThat(two.body()).contains("300000 tokens", "at most 200000");
    assertThat(long_.statusCode()).isEqualTo(400);
    assertThat(probable.statusCode()).isEqualTo(400);
    assertThat(huge.statusCode()).isEqualTo(400);
    assertThat(huge.body()).contains("marker `huge` takes at most ");
    assertThat(status(body("[[sim:tokens=200001]]", ",\"max_tokens\":7"))).isEqualTo(200);
  }

  @Test
  void everyMarkerStandsInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("docs/simulator.md"));

    assertThat(Markers.NAMES).allMatch(name -> page.matches("(?s).*`%s[`=].*".formatted(name)));
  }

  @Test
  void sendsABodyInAtMostTenThousandPieces() {
    String read = running.readUntil(body("[[sim:pieces=1; huge=30000]]", ""), "\r\n0\r\n\r\n");

    assertThat(Pattern.compile("\r\n[0-9a-f]+\r\n").matcher(read).results().count())
        .isBetween(7_500L, 10_001L);
  }

  @Test
  void failsOnlyTheFirstTimesIfAskedTo() {
    String body = body("[[sim:status=503; times=2]]", "");

    assertThat(List.of(status(body), status(body), status(body))).containsExactly(503, 503, 200);
  }

  @Test
  void listensToMarkersForItsNameAndToTheHeader() {
    assertThat(status(body("[[sim@beta:status=503]]", ""))).isEqualTo(200);
    assertThat(status(body("[[sim@alpha:status=503]]", ""))).isEqualTo(503);
    assertThat(running.post(body("hello", ""), "x-sim", "status=504").statusCode()).isEqualTo(504);
  }

  @Test
  void namesAMarkerItDoesNotKnow() {
    var response = running.post(body("[[sim:explode]]", ""));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("unknown simulator marker `explode`");
  }

  @Test
  void followsAScriptCallByCall() {
    var script = Script.of(Fault.status(500), new Fault.None(), Fault.status(503));
    try (var scripted = new RunningProvider(settings().withScript(script))) {
      String body = body("hello", "");
      assertThat(
              List.of(
                  scripted.post(body).statusCode(),
                  scripted.post(body).statusCode(),
                  scripted.post(body).statusCode(),
                  scripted.post(body).statusCode()))
          .containsExactly(500, 200, 503, 200);
    }
  }

  private int status(String body) {
    return running.post(body).statusCode();
  }

  private static JsonNode error(String body) {
    return Text.JSON.readTree(body).path("error");
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }

  /// The body without the head and the sizes of its chunks; none of our events is a bare number.
  private static String unchunked(String read) {
    String chunks = read.substring(read.indexOf("\r\n\r\n") + 4);
    return chunks.replaceAll("(\r\n|^)[0-9a-f]+\r\n", "").replaceAll("\r\n$", "");
  }
}
