package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Golden;
import io.faregate.Words;
import io.faregate.call.Reason;
import io.faregate.money.Money;
import io.faregate.policy.KeyText;
import io.faregate.simulator.Fault;
import io.faregate.simulator.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `examples/support.yaml` from end to end: its providers are simulated and sell at the prices of
/// the catalogue, its keys are made here, and everything else is as the file has it. A call is
/// written as its step, its plan and, where it has one, its justification.
class SupportExampleTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final Path CALLS = Path.of("src/test/golden/support/calls.txt");
  private static final List<String> PROVIDERS = List.of("openai", "anthropic");

  /// Fails the first call that a provider gets: that is the whole low tier, once.
  private static final Script LOW_TIER_FAILS = Script.of(new Fault.Status(503, "", -1, false));

  @TempDir private Path folder;

  private final Random random = new Random(1);
  private final KeyText backend = KeyText.made(random);
  private final KeyText web = KeyText.made(random);
  private int calls;

  @Test
  void sendsEachStepOfEachPlanWhereTheTableSays() throws IOException {
    try (var lab = lab(policy -> policy)) {
      Golden.checkTable(CALLS, call -> told(ask(lab, call, "Where is my parcel?")));

      assertThat(calls).isEqualTo(30);
      agrees(lab);
    }
  }

  @Test
  void retriesInTheTierWhenItsFirstModelFails() throws IOException {
    try (var lab = lab(policy -> policy)) {
      var answer = ask(lab, "faq standard", "[[sim@openai:status=503]]");

      assertThat(told(answer)).isEqualTo("200 low anthropic/claude-haiku-4-5 summarization -");
      assertThat(header(answer, "x-faregate-attempts")).isEqualTo("2");
      agrees(lab);
    }
  }

  @Test
  void fallsBackToTheBalancedTierWhenTheLowOneFails() throws IOException {
    try (var lab = lab(policy -> policy, LOW_TIER_FAILS)) {
      var answer = ask(lab, "faq standard", "Where is my parcel?");

      assertThat(told(answer))
          .isEqualTo("200 balanced anthropic/claude-sonnet-5 summarization provider_error");
      assertThat(header(answer, "x-faregate-attempts")).isEqualTo("3");
      agrees(lab);
    }
  }

  @Test
  void handsOnTheErrorWhenThePlanLacksTheFallback() throws IOException {
    try (var lab = lab(policy -> policy, LOW_TIER_FAILS)) {
      var answer = ask(lab, "faq free", "Where is my parcel?");

      assertThat(told(answer)).isEqualTo("503 low anthropic/claude-haiku-4-5 summarization -");
      assertThat(header(answer, "x-faregate-attempts")).isEqualTo("2");
      agrees(lab);
    }
  }

  @Test
  void movesUnresolvedCallsDownWhenThePremiumTierIsSpent() throws IOException {
    try (var lab = lab(SupportExampleTest::premiumSpent)) {
      assertThat(told(ask(lab, "unresolved enterprise", "It is still broken.")))
          .isEqualTo("200 balanced anthropic/claude-sonnet-5 rag_answer tier_spend_limit");
      assertThat(told(ask(lab, "troubleshooting enterprise", "It is broken.")))
          .isEqualTo("200 balanced anthropic/claude-sonnet-5 rag_answer -");
      agrees(lab);
    }
  }

  @Test
  void movesUnresolvedCallsDownWhenThePremiumShareIsUsedUp() throws IOException {
    try (var lab = lab(policy -> policy)) {
      var answer = ask(lab, "unresolved enterprise", "It is still broken.");
      while (header(answer, "x-faregate-tier").equals("premium") && calls < 20) {
        answer = ask(lab, "unresolved enterprise", "It is still broken.");
      }

      // Ten of burst; what these ten calls earn, a tenth of a call each, is one more.
      assertThat(calls).isEqualTo(12);
      assertThat(told(answer))
          .isEqualTo("200 balanced anthropic/claude-sonnet-5 rag_answer premium_share_limit");
      agrees(lab);
    }
  }

  @Test
  void refusesInsteadWhereThePolicySaysSo() throws IOException {
    try (var lab =
        lab(policy ->
            changed(premiumSpent(policy), "when_limited: downgrade", "when_limited: refuse"))) {
      var refused = ask(lab, "unresolved enterprise", "It is still broken.");

      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(header(refused, "x-faregate-error")).isEqualTo("faregate_budget_exceeded");
      assertThat(header(refused, "x-faregate-limit")).isEqualTo("daily_spend");
      assertThat(refused.body()).contains("daily_spend of tier:premium");
      assertThat(reasons(lab, refused)).containsExactly(Reason.TIER_SPEND_LIMIT);
      assertThat(header(refused, "x-faregate-limit-resets-at")).endsWith("T00:00:00Z");
      assertThat(ask(lab, "faq enterprise", "Where is my parcel?").statusCode()).isEqualTo(200);
      agrees(lab);
    }
  }

  @Test
  void refusesEveryStepWhenTheWorkflowHasSpentItsMonth() throws IOException {
    try (var lab = lab(policy -> changed(policy, "budget: $1200", "budget: $0.000001"))) {
      for (var step : List.of("intent", "unresolved")) {
        var refused = ask(lab, step + " enterprise", "Where is my parcel?");

        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.body()).contains("monthly_budget of workflow:support");
        assertThat(reasons(lab, refused)).containsExactly(Reason.WORKFLOW_BUDGET);
      }
      assertThat(lab.billNanoUsd()).isZero();
      agrees(lab);
    }
  }

  /// What was recorded is what the providers bill, and every call stands under its workflow.
  private void agrees(Lab lab) {
    lab.awaitQuiet();
    assertThat(lab.ledger()).isNotNull();
    var audit = lab.audit();
    assertThat(audit.text("total_usd")).isEqualTo(Money.usd(lab.billNanoUsd()));
    assertThat(Money.parse(audit.text("in_doubt_usd", "")).nanoUsd()).isZero();
    assertThat(audit.number("unpriced_attempts")).isZero();
    assertThat(audit.list("by_workflow"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.text("workflow")).isEqualTo("support");
          assertThat(line.number("calls")).isEqualTo(calls);
          assertThat(line.text("cost_usd")).isEqualTo(audit.text("total_usd"));
        });
  }

  private HttpResponse<String> ask(Lab lab, String call, String text) {
    calls++;
    var words = Words.of(call);
    var plan = words.rest().getFirst();
    var headers = new ArrayList<>(List.of("x-faregate-step", words.kind(), "authorization"));
    if (plan.equals("free")) {
      headers.add("Bearer " + web.reveal());
    } else {
      headers.addAll(List.of("Bearer " + backend.reveal(), "x-faregate-plan", plan));
    }
    if (words.has("justified")) {
      headers.addAll(List.of("x-faregate-justification", "a refund above the limit"));
    }
    return lab.chat(
        "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(text),
        headers.toArray(String[]::new));
  }

  /// Status, tier, model, task and reasons, as the headers of the answer tell them.
  private static String told(HttpResponse<String> answer) {
    var reasons = header(answer, "x-faregate-reasons");
    return String.join(
        " ",
        Integer.toString(answer.statusCode()),
        header(answer, "x-faregate-tier"),
        header(answer, "x-faregate-model"),
        header(answer, "x-faregate-task"),
        reasons.isEmpty() ? "-" : reasons);
  }

  private static List<Reason> reasons(Lab lab, HttpResponse<String> answer) {
    var call = header(answer, "x-faregate-call");
    return lab.ledger().call(call).orElseThrow().call().reasons();
  }

  private static String premiumSpent(String policy) {
    return changed(policy, "premium: $150", "premium: $0.000001");
  }

  private static String changed(String policy, String from, String to) {
    assertThat(policy).contains(from);
    return policy.replace(from, to);
  }

  private Lab lab(UnaryOperator<String> change) throws IOException {
    return lab(change, Script.none());
  }

  private Lab lab(UnaryOperator<String> change, Script script) throws IOException {
    var check = EXAMPLES.resolve("policy-check.txt");
    Files.copy(check, folder.resolve(check.getFileName()));
    var example = change.apply(Files.readString(EXAMPLES.resolve("support.yaml"), UTF_8));
    var text = withKey(withKey(simulated(example), "support-backend", backend), "web-free", web);
    var prices = Lab.read(text.replaceAll("@\\w+", "http://127.0.0.1:1/v1"), folder).policy();
    var day = LocalDate.ofInstant(Lab.CLOCK.instant(), ZoneOffset.UTC);
    return new Lab(
        folder,
        PROVIDERS,
        text,
        settings ->
            settings.withModels(Assortment.of(prices, settings.name(), day)).withScript(script));
  }

  private static String simulated(String example) {
    var text = example + "server: { port: 0, admin: { port: 0 } }\n";
    for (var provider : PROVIDERS) {
      text =
          text.replaceFirst(
              "(?m)^  %s:.*".formatted(provider),
              "  %1$s: { api: openai, url: \"@%1$s\", key: test }".formatted(provider));
    }
    return text;
  }

  private static String withKey(String policy, String name, KeyText key) {
    return policy.replaceFirst(
        "(name: %s, sha256: )\"\\w+\"".formatted(name), "$1\"%s\"".formatted(key.sha256()));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
