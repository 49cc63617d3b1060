package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.call.UsageSource;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.StoredCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client gets, and what is recorded, when providers fail.
class FailingProvidersTest {
  private static final String LIMITS =
      "limits: { deadline: 3s, attempt_timeout: 1s, idle: 400ms }\n";

  @TempDir private Path data;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY + LIMITS);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @Test
  void retriesOnTheNextModelOfTheTierWhenAProviderFails() {
    var answer = lab.ask("[[sim@alpha:status=503]]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-model")).isEqualTo("beta/gpt-5.4-nano");
    assertThat(header(answer, "x-faregate-attempts")).isEqualTo("2");
    assertThat(endings(answer)).containsExactly(Ending.REFUSED, Ending.ANSWERED);
  }

  @Test
  void handsOnTheLastProvidersErrorWhenAllFail() {
    var answer = lab.ask("[[sim:status=503]]");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"error\"").doesNotContain("faregate");
    assertThat(header(answer, "x-faregate-reasons")).isEqualTo("provider_error");
    assertThat(endings(answer)).hasSize(3).containsOnly(Ending.REFUSED);
    assertThat(lab.billNanoUsd()).isZero();
  }

  @Test
  void tellsAClientWhenToComeBackIfAllAreRateLimited() {
    var answer = lab.ask("[[sim:status=429; retry=7]]");

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "retry-after")).isEqualTo("7");
    assertThat(header(answer, "x-faregate-reasons")).isEqualTo("rate_limited");
  }

  @Test
  void retriesNothingThatTheClientHasToMend() {
    var answer = lab.ask("[[sim:status=400]]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(endings(answer)).containsExactly(Ending.REFUSED);
  }

  @Test
  void countsTheInputOfACallThatAFilterOfTheProviderHasStopped() {
    var answer = lab.ask("[[sim:status=400; billed]]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("content_filter");
    var attempt = stored(answer).attempts().getFirst();
    var usage = Objects.requireNonNull(attempt.usage());
    assertThat(endings(answer)).containsExactly(Ending.REFUSED_BILLED);
    assertThat(attempt.usageSource()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(usage.output()).isZero();
    assertThat(attempt.costNanoUsd()).isEqualTo(200L * usage.input()).isPositive();
    assertThat(attempt.inDoubtNanoUsd()).isZero();
    assertThat(lab.billNanoUsd()).isPositive();
  }

  @Test
  void retriesAndAlertsWhenAProviderRefusesOurKey() {
    var answer = lab.ask("[[sim@alpha:status=401]]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Lab.get(lab.adminUrl() + "/metrics").body())
        .containsPattern("faregate_alerts_total\\{[^}]*provider_refuses_us[^}]*} 1");
  }

  @Test
  void movesACallThatIsTooLongForAModelToALargerWindow() {
    var answer = lab.ask("[[sim@alpha:context]]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "x-faregate-model")).isEqualTo("beta/gpt-5.4");
    assertThat(header(answer, "x-faregate-reasons")).isEqualTo("long_context");
  }

  @Test
  void keepsInDoubtWhatWasSentAndNeverAnswered() {
    var answer = lab.ask("[[sim:reset; billed]]");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("faregate_attempts_exhausted", id(answer));
    assertThat(endings(answer)).hasSize(3).containsOnly(Ending.LOST);
    assertThat(stored(answer).call().inDoubtNanoUsd()).isGreaterThan(lab.billNanoUsd());
    assertThat(lab.billNanoUsd()).isPositive();
  }

  @Test
  void givesAnAttemptUpThatTakesTooLong() {
    var answer = lab.ask("[[sim@alpha:silence]]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(endings(answer)).containsExactly(Ending.LOST, Ending.ANSWERED);
  }

  @Test
  void recordsWhyAnAttemptBroughtNoAnswer() {
    assertThat(problems(lab.ask("[[sim@alpha:reset]]")))
        .first()
        .asString()
        .startsWith("the connection to the provider broke");
    assertThat(problems(lab.ask("[[sim@alpha:silence]]")))
        .containsExactly("no content came within 1,000 ms", null);
    assertThat(problems(stream("[[sim:tokens=9]][[sim@alpha:cut=1]]"))).first().isNotNull();
    assertThat(problems(lab.ask("[[sim@alpha:status=503]]"))).containsOnlyNulls();
  }

  @Test
  void recordsThatAProviderCannotBeReached() {
    Wiring.await(lab.provider("alpha").stop());

    assertThat(problems(lab.ask("hello")))
        .first()
        .asString()
        .startsWith("no connection could be made: Connection refused");
  }

  @Test
  void endsACallAtItsDeadline() {
    var answer = lab.ask("[[sim:silence]]");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("faregate_deadline", id(answer));
    assertThat(header(answer, "x-should-retry")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-stainless-timeout", "x-stainless-read-timeout"})
  void answersBeforeAClientStopsWaitingThatSaysHowLongItDoes(String name) {
    var answer = lab.ask("[[sim:silence]]", name, "0.5", other(name), "600");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("within the deadline of 0.475 s");
    assertThat(header(answer, "x-should-retry")).isEqualTo("false");
    assertThat(endings(answer)).containsExactly(Ending.LOST);
  }

  private static String other(String name) {
    return name.equals("x-stainless-timeout") ? "x-stainless-read-timeout" : "x-stainless-timeout";
  }

  @Test
  void waitsNoLongerThanThePolicySaysForAClientThatWouldWait() {
    for (var seconds : List.of("600", "0", "none", "1e9")) {
      var answer = lab.ask("[[sim@alpha:silence]]", "x-stainless-timeout", seconds);

      assertThat(header(answer, "x-faregate-model")).isEqualTo("beta/gpt-5.4-nano");
    }
  }

  @Test
  void startsAStreamAnewThatBrokeBeforeItsFirstContent() {
    var answer = stream("[[sim:tokens=9]][[sim@alpha:cut=1]]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    assertThat(header(answer, "x-faregate-model")).isEqualTo("beta/gpt-5.4-nano");
    assertThat(endings(answer)).containsExactly(Ending.CUT, Ending.ANSWERED);
  }

  @Test
  void turnsAStreamThatBreaksLaterIntoAnErrorThatNobodyTakesForAnEnd() {
    var answer = lab.chatThatBreaks(streamed("[[sim:tokens=9; cut=5]]"));

    assertThat(answer.body())
        .contains("data: {\"error\":", "faregate_stream_cut", id(answer.head()))
        .doesNotContain("[DONE]");
    assertThat(endings(answer.head())).containsExactly(Ending.CUT);
    var attempt = stored(answer.head()).attempts().getFirst();
    var cost = Objects.requireNonNull(attempt.costNanoUsd());
    assertThat(cost).isPositive();
    assertThat(cost + attempt.inDoubtNanoUsd()).isGreaterThanOrEqualTo(lab.billNanoUsd());
  }

  @Test
  void cutsAStreamThatFallsSilent() {
    var answer = lab.chatThatBreaks(streamed("[[sim:tokens=3; gap=700ms]]"));

    assertThat(answer.body()).contains("faregate_stream_cut").doesNotContain("[DONE]");
  }

  @Test
  void doesNotAnswerAnOutageWithAMultipleOfTheTraffic() {
    var calls = 2_000;
    var began = System.nanoTime();
    try (var traffic = new Traffic(lab.url())) {
      var failing =
          """
          {"model":"auto","messages":[{"role":"user","content":"[[sim:status=500]]"}]}\
          """;
      var outcome = traffic.run(calls, 32, _ -> new Traffic.Order(failing, -1));

      assertThat(outcome.refused()).isEqualTo(calls);
    }
    lab.awaitQuiet();
    // The rule holds over ten seconds, so that a short burst may have all ten at once.
    var seconds = 10 + (System.nanoTime() - began) / 1_000_000_000;
    assertThat(lab.audit().number("attempts"))
        .isBetween((long) calls, calls * 12L / 10 + 2 * 10 * seconds);
  }

  private HttpResponse<String> stream(String text) {
    return lab.chat(streamed(text));
  }

  private static String streamed(String text) {
    return """
    {"model":"auto","stream":true,"messages":[{"role":"user","content":"%s"}]}\
    """
        .formatted(text);
  }

  private List<Ending> endings(HttpResponse<?> answer) {
    return stored(answer).attempts().stream().map(AttemptEntry::ending).toList();
  }

  private List<@Nullable String> problems(HttpResponse<?> answer) {
    var problems = new ArrayList<@Nullable String>();
    stored(answer).attempts().forEach(attempt -> problems.add(attempt.problem()));
    return problems;
  }

  private StoredCall stored(HttpResponse<?> answer) {
    return lab.ledger().call(id(answer)).orElseThrow();
  }

  private static String id(HttpResponse<?> answer) {
    return header(answer, "x-faregate-call");
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
