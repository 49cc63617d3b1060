package io.faregate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.audit.SampleCalls;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Limits over HTTP, and the one change that the admin port makes.
class LimitsApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "content-type";
  private static final String JSON_TYPE = "application/json";
  private static final String RESOLVE = "/api/v1/limits/resolve";
  private static final String CHANGE =
      "{\"call\":\"%s\",\"attempt\":1,\"cost_usd\":\"0.0123\"}".formatted(SampleCalls.LOST);

  private final SampleLimits limits = new SampleLimits();

  @Test
  void limitsThatAreSetComeInTheShapeOfTheContract() {
    try (var visitor = visitor(null)) {
      var answer = visitor.get("/api/v1/limits");
      var all = JSON.readTree(answer.body());

      assertThat(answer.header(TYPE)).isEqualTo(JSON_TYPE);
      assertThat(all.isArray()).isTrue();
      assertThat(all.get(0))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"limit":"daily_spend","scope":"tier:premium","window":"day",
                   "limit_usd":"0.200000000","spent_usd":"0.091400000","held_usd":"0.028600000",
                   "in_doubt_usd":"0.042000000","free_usd":"0.038000000",
                   "resets_at":"2026-11-24T23:00:00Z","missing_before":null}\
                  """));
      assertThat(all.get(all.size() - 1))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"limit":"premium_share","scope":"workflow:support","share":0.100000,
                   "calls":1234,"premium_calls":123,"credit":1.400000}\
                  """));
      assertThat(scopes(all)).doesNotContain("tier:low");
    }
  }

  @Test
  void allLimitsAreShownOnRequest() {
    try (var visitor = visitor(null)) {
      var all = JSON.readTree(visitor.get("/api/v1/limits?all=true").body());

      assertThat(scopes(all)).contains("tier:low");
      assertThat(all.get(0).get("limit_usd").isNull()).isTrue();
      assertThat(all.get(0).get("free_usd").isNull()).isTrue();
      assertThat(all.get(0).get("spent_usd").asString()).isEqualTo("3.000000000");
    }
  }

  @Test
  void attemptsInDoubtAreListedAndNoOthers() {
    try (var visitor = visitor(null)) {
      var doubts = JSON.readTree(visitor.get("/api/v1/limits/in-doubt").body());

      assertThat(doubts.get("attempts")).hasSize(1);
      var attempt = doubts.get("attempts").get(0);
      assertThat(attempt.get("call").asString()).isEqualTo(SampleCalls.LOST);
      assertThat(attempt.get("ending").asString()).isEqualTo("lost");
      assertThat(attempt.get("hold_usd").asString()).isEqualTo("0.042000000");
      assertThat(attempt.get("in_doubt_usd").asString()).isEqualTo("0.042000000");
    }
  }

  @Test
  void aDoubtIsEndedOnce() {
    try (var visitor = visitor(null)) {
      var ended = visitor.post(RESOLVE, CHANGE, TYPE, "Application/JSON; charset=utf-8");
      var again = visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE);

      assertThat(ended.status()).isEqualTo(200);
      assertThat(AdminPortTest.complaints(visitor, RESOLVE, "200", ended.body())).isEmpty();
      assertThat(ended.body())
          .contains("\"cost_usd\":\"0.012300000\"", "\"in_doubt_before_usd\":\"0.042000000\"");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.body()).contains("faregate_not_in_doubt", "is not in doubt");
      assertThat(AdminPortTest.complaints(visitor, RESOLVE, "409", again.body())).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | no JSON object            | [1]",
        "400 | no JSON object            | {",
        "400 | no JSON object            | null",
        "400 | `\\\"call\\\" is missing` | {}",
        "400 | `\\\"attempt\\\" is`      | {\"call\":\"c\",\"cost_usd\":\"1\"}",
        "400 | `\\\"attempt\\\" is`      | {\"call\":\"c\",\"attempt\":0,\"cost_usd\":\"1\"}",
        "400 | `\\\"attempt\\\" is`      | {\"call\":\"c\",\"attempt\":1.5,\"cost_usd\":\"1\"}",
        "400 | `\\\"cost_usd\\\" is`     | {\"call\":\"c\",\"attempt\":1,\"cost_usd\":0.1}",
        "400 | is negative               | {\"call\":\"c\",\"attempt\":1,\"cost_usd\":\"-1\"}",
        "400 | no amount of dollars      | {\"call\":\"c\",\"attempt\":1,\"cost_usd\":\"1e99\"}",
        "409 | no attempt 2 of c         | {\"call\":\"c\",\"attempt\":2,\"cost_usd\":\"1\"}"
      })
  void aChangeThatCannotBeMadeSaysWhy(int status, String why, String change) {
    try (var visitor = visitor(null)) {
      var answer = visitor.post(RESOLVE, change, TYPE, JSON_TYPE);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).contains(why);
      assertThat(stillInDoubt()).isTrue();
    }
  }

  /// RELIABILITY C13: what a page of another site can send without being asked changes nothing.
  @Test
  void aPageOfAnotherSiteChangesNothing() {
    try (var visitor = visitor(null)) {
      var form = visitor.post(RESOLVE, CHANGE, TYPE, "text/plain");
      var untyped = visitor.post(RESOLVE, CHANGE);
      var foreign = visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE, "origin", "https://evil.test");
      var asking = visitor.ask("OPTIONS", RESOLVE, visitor.authority(), "origin", "null");
      var bent = visitor.ask("POST", RESOLVE, "evil.test", TYPE, JSON_TYPE, "content-length", "0");

      assertThat(form.status()).isEqualTo(415);
      assertThat(untyped.status()).isEqualTo(415);
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(asking.status()).isEqualTo(403);
      assertThat(bent.status()).isEqualTo(403);
      assertThat(stillInDoubt()).isTrue();
      var own = "http://" + visitor.authority();
      assertThat(visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE, "origin", own).status())
          .isEqualTo(200);
    }
  }

  @Test
  void onlyThePersonWithTheTokenChanges() {
    try (var visitor = visitor("open-sesame")) {
      var without = visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE);
      var wrong = visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE, "authorization", "Bearer guess");

      assertThat(without.status()).isEqualTo(401);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(stillInDoubt()).isTrue();
      var right =
          visitor.post(RESOLVE, CHANGE, TYPE, JSON_TYPE, "authorization", "Bearer open-sesame");
      assertThat(right.status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyIsSmallAndOfKnownLength() {
    try (var visitor = visitor(null)) {
      var large = visitor.post(RESOLVE, " ".repeat(4_097), TYPE, JSON_TYPE);
      var unknown =
          visitor.ask(
              "POST",
              RESOLVE,
              visitor.authority(),
              TYPE,
              JSON_TYPE,
              "transfer-encoding",
              "chunked");

      assertThat(large.status()).isEqualTo(413);
      assertThat(unknown.status()).isEqualTo(411);
      assertThat(visitor.get(RESOLVE).status()).isEqualTo(405);
      assertThat(visitor.get(RESOLVE).body()).contains("use POST");
    }
  }

  @Test
  void thePageShowsEveryLimitInNumbersAndWords() {
    try (var visitor = visitor(null)) {
      assertThat(visitor.get("/limits").body())
          .contains("workflow:support", "<strong>used up</strong>", "<strong>tight</strong>")
          .contains("2026-11-25 00:00 CET", "$12.35", "<meter", "no workflow", "10.0 %")
          .doesNotContain("tier:low", "$0.00<");
      assertThat(visitor.get("/limits?all=true").body()).contains("tier:low", "no limit");
    }
  }

  @Test
  void theFirstPageShowsTheThreeTightestLimits() {
    try (var visitor = visitor(null)) {
      var page = visitor.get("/").body();

      assertThat(page.split(", used\"", -1)).hasSize(4);
      assertThat(page)
          .contains("href=\"/limits\"", "workflow:support", "key:trial", "monthly_budget")
          .doesNotContain("tier:premium");
    }
  }

  private boolean stillInDoubt() {
    return limits.limits(SampleCalls.AT).stream().anyMatch(state -> state.inDoubtNanoUsd() > 0);
  }

  private Visitor visitor(@Nullable String token) {
    var ledger = new MemoryLedger();
    ledger.store(
        Entries.of(
            List.of(SampleCalls.refused(), SampleCalls.answered(), SampleCalls.lost()),
            new Position(1, 1)));
    return new Visitor(
        new AdminPort.Settings("127.0.0.1", 0, 8080, token),
        new Sources(
            () -> Optional.<Ledger>of(ledger),
            () ->
                new Status(
                    "test",
                    SampleCalls.AT,
                    new Status.Journal(true, "", 16, 0, 0),
                    new Status.Store(false, "", 0, 0, null),
                    1,
                    0,
                    0,
                    false),
            () ->
                new PolicyState(
                    "p1", SampleLimits.ZONE, SampleCalls.AT, true, List.of(), List.of()),
            limits,
            () -> "",
            InstantSource.fixed(SampleCalls.AT.plusSeconds(3_600))));
  }

  private static List<String> scopes(JsonNode limits) {
    return limits.valueStream().map(limit -> limit.get("scope").asString()).toList();
  }
}
