package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Ending;
import io.faregate.call.Rule;
import io.faregate.ledger.AttemptEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedCallTest {
  @TempDir private Path data;

  @Test
  void believesAHeaderBeforeTheBodyAndCountsThatTheyDiffer() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var body =
          """
          {"model":"auto","metadata":{"faregate_task":"billing"},\
          "messages":[{"role":"user","content":"hello"}]}\
          """;

      var answer = lab.chat(body, "x-faregate-task", "faq");

      assertThat(answer.statusCode()).isEqualTo(200);
      var call = answer.headers().firstValue("x-faregate-call").orElseThrow();
      assertThat(lab.ledger().call(call).orElseThrow().call().rules())
          .contains(
              new Rule("names", false, "the header says task faq, the metadata says billing"));
      assertThat(Lab.get(lab.adminUrl() + "/api/v1/status").body())
          .contains("\"disagreeing_calls\":1");
      assertThat(Lab.get(lab.adminUrl() + "/").body()).contains("Names disagree in 1 of the calls");
    }
  }

  @Test
  void saysBetweenWhichPricesANameMayBeServed() {
    try (var lab =
        new Lab(data, List.of("alpha", "beta"), Lab.POLICY + "aliases: { best: beta/gpt-5.4 }\n")) {
      var list = Lab.get(lab.url() + "/models").body();

      assertThat(list)
          .contains(
              price("auto", "policy", "0.2", "2.5", "1.25", "15"),
              price("task/faq", "task", "0.2", "2.5", "1.25", "15"),
              price("alpha/gpt-5.4-nano", "model", "0.2", "0.2", "1.25", "1.25"),
              price("best", "alias", "2.5", "2.5", "15", "15"));
    }
  }

  private static String price(String name, String kind, String... amounts) {
    var owner = name.contains("/") ? name.substring(0, name.indexOf('/')) : "faregate";
    return """
    {"id":"%s","object":"model","created":0,"owned_by":"%s","faregate_kind":"%s",\
    "faregate_price":{"input_usd_per_million":{"from":"%s","to":"%s"},\
    "output_usd_per_million":{"from":"%s","to":"%s"},"unpriced_models":0}}\
    """
        .formatted(name, owner, kind, amounts[0], amounts[1], amounts[2], amounts[3]);
  }

  @Test
  void servesARecordedAndPricedCall() {
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var answer =
          lab.chat("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

      assertThat(answer.statusCode()).isEqualTo(200);
      var id = answer.headers().firstValue("x-faregate-call").orElseThrow();
      var stored = lab.ledger().call(id).orElseThrow();
      assertThat(stored.attempts())
          .extracting(AttemptEntry::ending)
          .containsExactly(Ending.ANSWERED);
      assertThat(stored.call().costNanoUsd()).isPositive().isEqualTo(lab.billNanoUsd());
    }
  }

  @Test
  void refusesANameThatIsTooLongToBeOne() {
    var body =
        """
        {"model":"auto","metadata":{"faregate_plan":"%s"},\
        "messages":[{"role":"user","content":"hello"}]}\
        """;
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      var refused = lab.chat(body.formatted("x".repeat(17 << 20)));

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("x-faregate-plan has 17825792 characters");
      assertThat(lab.chat(body.formatted("x".repeat(128))).body()).contains("there is no plan");
    }
  }

  @Test
  void countsTheCallsThatAClientHasTriedBefore() {
    var body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY)) {
      for (var tries : List.of("0", "1", "2", "never", "")) {
        assertThat(lab.chat(body, "x-stainless-retry-count", tries).statusCode()).isEqualTo(200);
      }
      lab.awaitQuiet();

      assertThat(Lab.get(lab.adminUrl() + "/metrics").body())
          .contains("faregate_calls_total 5", "faregate_client_repeats_total 2");
    }
  }
}
