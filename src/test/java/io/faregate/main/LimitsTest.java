package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.Seeds;
import io.faregate.audit.LimitDocument;
import io.faregate.audit.SampleCalls;
import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.budget.PremiumState;
import io.faregate.call.Rule;
import io.faregate.gateway.Books;
import io.faregate.journal.FileJournal;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Dimensions;
import io.faregate.ledger.Entries;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.ledger.Span;
import io.faregate.policy.route.RandomPolicy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits on real sockets, held against the bills of the providers.
class LimitsTest {
  private static final Span ALWAYS =
      new Span(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));
  private static final long DOLLAR = 1_000_000_000L;
  private static final List<String> PROVIDERS = List.of("alpha", "beta");

  private static final String MAX_COST = "x-faregate-max-cost-usd";

  private static final String HARD =
      """
      workflows:
        support: { steps: { hard: { task: faq, tier: balanced, fallback: none } } }
      """;

  @TempDir private Path folder;

  @Test
  void neverPassesALimitUnderTwoHundredClientsAndUsesNearlyAllOfIt() {
    Seeds.each(
        1,
        chance -> {
          var seed = chance.nextLong();
          try (var lab = lab("a" + seed, "limits: { monthly_budget: $1 }\n");
              var traffic = new Traffic(lab.url())) {
            var outcome = traffic.run(20_000, 200, i -> order(seed + i));
            lab.awaitQuiet();

            assertThat(outcome.refused()).isPositive();
            assertThat(outcome.broken()).isZero();
            assertThat(lab.billNanoUsd()).isBetween(DOLLAR * 98 / 100, DOLLAR);
            assertThat(spent(lab, "all")).isEqualTo(lab.billNanoUsd());
            assertThat(inFlight(lab)).isZero();
          }
        });
  }

  @Test
  void showsLimitsInTheMetricsWithoutNamingAKey() {
    var limits =
        """
        limits: { monthly_budget: $2, premium_share: 20%% }
        workflows:
          support: { daily_budget: $1, steps: { faq: { task: faq } } }
        keys:
          - { name: web, monthly_budget: $1, sha256: %s }
        """
            .formatted("ab".repeat(32));
    try (var lab = lab("metrics", limits)) {
      var text = Lab.get(lab.adminUrl() + "/metrics").body();

      assertThat(text)
          .contains("faregate_limit_usd{limit=\"monthly_budget\",scope=\"all\"} 2.0")
          .contains("faregate_limit_usd{limit=\"daily_budget\",scope=\"workflow:support\"} 1.0")
          .contains("faregate_limit_spent_usd{limit=\"monthly_budget\",scope=\"all\"} 0.0")
          .contains("faregate_limit_held_usd{limit=\"monthly_budget\",scope=\"all\"} 0.0")
          .contains("faregate_limit_in_doubt_usd{limit=\"monthly_budget\",scope=\"all\"} 0.0")
          .contains("faregate_premium_share{workflow=\"support\"} 0.0")
          .doesNotContain("web");
    }
  }

  @Test
  void showsInTheMetricsWhatWasSpentOfALimit() {
    try (var lab = lab("spent", "limits: { monthly_budget: $2 }\n")) {
      assertThat(lab.ask("hello").statusCode()).isEqualTo(200);
      lab.awaitQuiet();

      assertThat(Lab.get(lab.adminUrl() + "/metrics").body())
          .contains(
              "faregate_limit_spent_usd{limit=\"monthly_budget\",scope=\"all\"} "
                  + lab.billNanoUsd() / 1e9);
    }
  }

  @Test
  void keepsNestedLimitsAllAtOnce() {
    var limits =
        """
        limits: { daily_spend: { balanced: $0.20 }, monthly_budget: $0.30, when_limited: downgrade }
        workflows:
          support:
            monthly_budget: $0.24
            steps: { hard: { task: faq, tier: balanced, fallback: none } }
        """;
    try (var lab = lab("nested", limits);
        var traffic = new Traffic(lab.url())) {
      var outcome = traffic.run(3_000, 64, i -> i % 2 == 0 ? order(i) : hard(i));
      lab.awaitQuiet();

      assertThat(outcome.refused()).isPositive();
      assertThat(spent(lab, "tier:balanced")).isBetween(DOLLAR * 18 / 100, DOLLAR * 20 / 100);
      assertThat(spent(lab, "workflow:support")).isBetween(DOLLAR * 20 / 100, DOLLAR * 24 / 100);
      assertThat(spent(lab, "all"))
          .isEqualTo(lab.billNanoUsd())
          .isBetween(DOLLAR * 29 / 100, DOLLAR * 30 / 100);
    }
  }

  @Test
  void keepsThePremiumShareOfAWorkflow() {
    var limits =
        """
        limits: { premium_share: 10% }
        workflows:
          support: { steps: { hard: { task: faq, tier: balanced, fallback: none } } }
        """;
    try (var lab = lab("share", limits);
        var traffic = new Traffic(lab.url())) {
      var outcome = traffic.run(1_000, 32, LimitsTest::hard);
      lab.awaitQuiet();

      assertThat(outcome.answered()).isEqualTo(1_000);
      var premium = lab.ledger().calls(ALWAYS, 2_000).stream().filter(LimitsTest::isTop).count();
      assertThat(premium).isBetween(100L, 110L);
    }
  }

  @Test
  void namesTheShareThatIsUsedUpAsTheListOfLimitsDoes() {
    var policy = Lab.POLICY.replace("tier: low, fallback: balanced", "tier: balanced");
    var limits = "limits: { premium_share: 0% }\n";
    try (var lab = new Lab(folder.resolve("named"), PROVIDERS, policy + limits)) {
      var moved = lab.ask("hello");

      assertThat(header(moved, "x-faregate-tier")).isEqualTo("low");
      var rules = lab.ledger().call(header(moved, "x-faregate-call")).orElseThrow().call().rules();
      var share = LimitDocument.of(lab.wiring().book().premium().getFirst());
      assertThat(rules)
          .extracting(Rule::why)
          .anyMatch(
              why -> why.contains("the share of %s is used up".formatted(share.text("scope", ""))));
    }
  }

  @Test
  void movesACallToALowerTierWhenItsTierIsUsedUp() {
    try (var lab = lab("down", "limits: { daily_spend: { balanced: $0.001 } }\n" + HARD)) {
      var answer = lab.chat(hard(1).body());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "x-faregate-tier")).isEqualTo("low");
      assertThat(header(answer, "x-faregate-reasons")).isEqualTo("tier_spend_limit");
    }
  }

  @Test
  void refusesWithTheLimitWhatIsLeftAndWhenItResets() {
    try (var lab = lab("refused", "limits: { monthly_budget: $0.000001 }\n")) {
      var answer = lab.ask("How much is left?");

      assertThat(answer.statusCode()).isEqualTo(402);
      assertThat(header(answer, "x-should-retry")).isEqualTo("false");
      assertThat(header(answer, "retry-after")).isEmpty();
      assertThat(header(answer, "x-faregate-error")).isEqualTo("faregate_budget_exceeded");
      assertThat(header(answer, "x-faregate-limit")).contains("monthly_budget");
      assertThat(header(answer, "x-faregate-limit-resets-at")).endsWith("Z");
      assertThat(answer.body())
          .contains("insufficient_quota", "limit $0.000001", "free", "resets at")
          .contains(header(answer, "x-faregate-call"));
      assertThat(lab.bills().getFirst().attemptsCharged()).isZero();
    }
  }

  @Test
  void countsARefusedCallWhereItBelongsAndNoInventedName() {
    try (var lab = lab("counted", "limits: { monthly_budget: $0.000001 }\n" + HARD)) {
      assertThat(lab.chat(hard(1).body()).statusCode()).isEqualTo(402);
      assertThat(lab.chat(limited("support/invented", 20).body()).statusCode()).isEqualTo(400);

      var places = lab.ledger().calls(ALWAYS, 10).stream().map(CallEntry::dimensions).toList();
      assertThat(places)
          .containsExactlyInAnyOrder(
              new Dimensions("none", "default", "support", "hard", "faq"),
              new Dimensions("none", "", null, null, ""));
      assertThat(lab.audit().list("by_workflow"))
          .anyMatch(line -> "support".equals(line.text("workflow")) && line.number("calls") == 1);
    }
  }

  @Test
  void putsAnOutputCapOnACallThatStatesNone() {
    try (var lab = lab("cap", "limits: { monthly_budget: $0.02 }\n")) {
      var answer = lab.ask("[[sim:tokens=20]]");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Long.parseLong(header(answer, "x-faregate-output-cap"))).isBetween(1_000L, 2_000L);
    }
  }

  @Test
  void showsACapThatAStepPutsInPlaceOfAHigherOneAndNotesTheRule() {
    var policy = Lab.POLICY.replace("tier: low,", "tier: low, output_tokens: 50,");
    try (var lab = new Lab(folder.resolve("lowered"), PROVIDERS, policy)) {
      var body =
          """
          {"model":"auto","max_tokens":%d,"messages":[{"role":"user","content":"hello"}]}\
          """;

      var lowered = lab.chat(body.formatted(900));

      assertThat(header(lowered, "x-faregate-output-cap")).isEqualTo("50");
      var call = lab.ledger().call(header(lowered, "x-faregate-call")).orElseThrow().call();
      assertThat(call.rules())
          .contains(new Rule("output_tokens", true, "at most 50 tokens of output instead of 900"));
      assertThat(header(lab.chat(body.formatted(50)), "x-faregate-output-cap")).isEmpty();
    }
  }

  @Test
  void spendsNoMoreOnACallThanItsClientLetsIt() {
    try (var lab = lab("ceiling", "")) {
      assertThat(header(lab.ask("hello"), "x-faregate-output-cap")).isEmpty();
      var capped = lab.ask("hello", MAX_COST, "0.004");
      assertThat(capped.statusCode()).isEqualTo(200);
      assertThat(Long.parseLong(header(capped, "x-faregate-output-cap"))).isBetween(3_000L, 3_200L);

      var refused = lab.ask("hello", MAX_COST, "0.000001");
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(header(refused, "x-faregate-error")).isEqualTo("faregate_max_cost");
      assertThat(header(refused, "x-faregate-limit")).isEqualTo("max_cost");
      assertThat(header(refused, "x-should-retry")).isEqualTo("false");
      assertThat(refused.body())
          .contains(
              "x-faregate-max-cost-usd lets this call cost $0.000001000, and it may cost up to");
      var row = lab.ledger().call(header(refused, "x-faregate-call")).orElseThrow().call();
      assertThat(row.rules()).anyMatch(rule -> rule.rule().equals("limits.max_cost"));
      assertThat(row.refusalLimit()).isEqualTo("max_cost");
    }
  }

  @Test
  void refusesToGuessWhatACallMayCost() {
    try (var lab = lab("ceiling-unread", "")) {
      for (var amount : List.of("five cents", "-1", "0.0000000001", "1e400000000")) {
        var answer = lab.chat(order(1).body(), MAX_COST, amount);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("x-faregate-max-cost-usd must be an amount of US");
      }
    }
  }

  @Test
  void passesAFallbackOverThatWouldCostMoreThanTheClientLetsTheCall() {
    try (var lab = lab("ceiling-fallback", "")) {
      var body =
          """
          {"model":"auto","max_tokens":100,\
          "messages":[{"role":"user","content":"[[sim:reset; billed]]"}]}\
          """;

      assertThat(lab.chat(body, MAX_COST, "0.01").headers().firstValue("x-faregate-attempts"))
          .contains("3");
      var answer = lab.chat(body, MAX_COST, "0.001");

      assertThat(answer.statusCode()).isEqualTo(502);
      var stored = lab.ledger().call(header(answer, "x-faregate-call")).orElseThrow();
      assertThat(stored.attempts()).hasSize(2);
      assertThat(stored.call().rules())
          .contains(
              new Rule(
                  "limits.max_cost",
                  true,
                  "beta/gpt-5.4 passed over: max_cost of call (max_cost)"));
      assertThat(stored.call().inDoubtNanoUsd()).isBetween(1L, DOLLAR / 1_000);
    }
  }

  @Test
  void neverCapsTheOutputBelowABudgetOfThinking() {
    var policy = Lab.POLICY.replace("tier: low,", "tier: low, output_tokens: 50,");
    try (var lab = new Lab(folder.resolve("thinking"), PROVIDERS, policy)) {
      var body =
          """
          {"model":"auto","max_tokens":9000,"messages":[{"role":"user","content":"hello"}],\
          "thinking":{"type":"enabled","budget_tokens":2000}}\
          """;

      assertThat(header(lab.post("/messages", body), "x-faregate-output-cap")).isEqualTo("2001");
    }
  }

  @Test
  void freesWhatWasInDoubtWhenItIsResolvedByHand() {
    try (var lab = lab("resolved", "limits: { monthly_budget: $5 }\n")) {
      var answer = lab.ask("[[sim:reset; billed]]");
      var id = header(answer, "x-faregate-call");
      lab.awaitQuiet();
      var doubt = lab.ledger().call(id).orElseThrow().attempts().getFirst().inDoubtNanoUsd();
      assertThat(doubt).isPositive();
      var before = inDoubt(lab);

      assertThat(resolve(lab, id, "0.000001").statusCode()).isEqualTo(200);
      assertThat(resolve(lab, id, "0.000001").statusCode()).isEqualTo(409);

      assertThat(inDoubt(lab)).isEqualTo(before - doubt);
      assertThat(spent(lab, "all")).isEqualTo(1_000);
      assertThat(lab.ledger().call(id).orElseThrow().attempts().getFirst().costNanoUsd())
          .isEqualTo(1_000);
    }
  }

  @Test
  void noCallWaitsWhileTheStoreIsAskedForACorrection() {
    var held = new AtomicBoolean(true);
    var settings = FileJournal.Settings.of(folder);
    try (var journal = FileJournal.open(settings, InstantSource.system())) {
      var book = new Book(new RandomPolicy(new Random(1)).policy(), Instant.now());
      var books = new Books(book, journal);
      var limits =
          new BookLimits(
              book,
              books,
              () -> {
                held.set(Thread.holdsLock(books) || Thread.holdsLock(book));
                return Optional.empty();
              },
              Instant.now());

      assertThatThrownBy(() -> limits.resolve("call_1", 1, 5)).hasMessageContaining("behind");

      assertThat(held).isFalse();
    }
  }

  @Test
  void saysOfAnAttemptInDoubtThatItsCallIsStillUnderWay() {
    var lost = SampleCalls.lost();
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(List.of(lost), new Position(1, 1)));
    try (var journal = FileJournal.open(FileJournal.Settings.of(folder), InstantSource.system())) {
      var book = new Book(new RandomPolicy(new Random(1)).policy(), Instant.now());
      var books = new Books(book, journal);

      var running = limits(book, books, ledger, lost.startedAt().minusSeconds(1));
      assertThatThrownBy(() -> running.resolve(lost.call(), 1, 5))
          .hasMessageContaining("is still under way");

      // The process that served it is gone, and so is the row of the call.
      var later = limits(book, books, ledger, lost.startedAt().plusSeconds(1));
      assertThat(later.resolve(lost.call(), 1, 5).inDoubtBeforeNanoUsd())
          .isEqualTo(SampleCalls.HOLD);
    }
  }

  private static BookLimits limits(Book book, Books books, Ledger ledger, Instant startedAt) {
    return new BookLimits(book, books, () -> Optional.of(ledger), startedAt);
  }

  private static HttpResponse<String> resolve(Lab lab, String call, String usd) {
    var body = "{\"call\":\"%s\",\"attempt\":1,\"cost_usd\":\"%s\"}".formatted(call, usd);
    return Lab.send(
        HttpRequest.newBuilder(URI.create(lab.adminUrl() + "/api/v1/limits/resolve"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static long inDoubt(Lab lab) {
    return states(lab).stream()
        .filter(state -> state.limit().scope().equals("all"))
        .mapToLong(LimitState::inDoubtNanoUsd)
        .max()
        .orElseThrow();
  }

  @Test
  void knowsAfterARestartWhatWasSpentAndWhatIsInDoubt() {
    var limits = "limits: { monthly_budget: $5, premium_share: 10% }\n" + HARD;
    List<LimitState> before;
    List<PremiumState> shares;
    try (var lab = lab("again", limits);
        var traffic = new Traffic(lab.url())) {
      var outcome = traffic.run(400, 16, i -> i % 3 == 0 ? hard(i) : Traffic.order(i, 0.3));
      assertThat(outcome.answered()).isPositive();
      lab.awaitQuiet();
      before = lab.wiring().book().limits(Lab.CLOCK.instant());
      shares = lab.wiring().book().premium();
      assertThat(before).anyMatch(state -> state.inDoubtNanoUsd() > 0);
    }
    try (var lab = lab("again", limits)) {
      assertThat(lab.wiring().book().limits(Lab.CLOCK.instant())).isEqualTo(before);
      assertThat(lab.wiring().book().premium()).isEqualTo(shares);
    }
  }

  private Lab lab(String name, String more) {
    return new Lab(folder.resolve(name), PROVIDERS, Lab.POLICY + more);
  }

  private static Traffic.Order order(long seed) {
    return limited("auto", 20 + Math.floorMod(seed, 60));
  }

  private static Traffic.Order hard(int seed) {
    return limited("support/hard", 20 + Math.floorMod(seed, 60));
  }

  /// A call that states the longest answer it accepts.
  private static Traffic.Order limited(String model, long tokens) {
    return new Traffic.Order(
        """
        {"model":"%s","max_tokens":100,\
        "messages":[{"role":"user","content":"%s[[sim:tokens=%d]]"}]}\
        """
            .formatted(model, "Where is it? ".repeat(30), tokens),
        -1);
  }

  private static boolean isTop(CallEntry call) {
    return "balanced".equals(call.tier());
  }

  private static long spent(Lab lab, String scope) {
    return states(lab).stream()
        .filter(state -> state.limit().scope().equals(scope))
        .mapToLong(LimitState::spentNanoUsd)
        .max()
        .orElseThrow();
  }

  private static long inFlight(Lab lab) {
    return states(lab).stream().mapToLong(LimitState::heldNanoUsd).sum();
  }

  private static List<LimitState> states(Lab lab) {
    return lab.wiring().book().limits(Lab.CLOCK.instant());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
