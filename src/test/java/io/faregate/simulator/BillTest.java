package io.faregate.simulator;

import static io.faregate.simulator.RunningProvider.body;
import static io.faregate.simulator.RunningProvider.settings;
import static io.faregate.simulator.RunningProvider.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.simulator.BillLine.Ending;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.TokenCount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BillTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "half up,                   4,       4,      0,    1000000,    3625000,     1,           15",
    "below half,                2,       2,      0,    1000000,    3625000,     1,            7",
    "cached inside the total,   1000000, 900000, 0,    2500000000, 1250000000, 1,          "
        + " 1375000000",
    "cliff prices,              262960,  257955, 1744, 2500000000, 250000000,  15000000000,"
        + " 103161250",
    "reasoning is output,       10120,   128,    4308, 1250000000, 200000000,  2500000000, "
        + " 23285600",
    "one day of an export,      80992,   0,      274770, 250000000, 1,         2000000000, "
        + " 569788000",
    "one rounding for all kinds, 3,      0,      7,    187500000,  1,          1125000000,  8438"
  })
  void roundsEachAttemptOnceHalfUp(
      String name, int prompt, int cached, int output, long in, long read, long out, long cost) {
    var model = new SimulatedModel("plain", in, read, out, 10_000_000);
    var tokens = new TokenCount(prompt - cached, cached, output, 0);
    var line =
        new BillLine(
            0,
            "req",
            "plain",
            "",
            "",
            "default",
            Ending.COMPLETE,
            true,
            tokens,
            model.exactCost(tokens));

    assertThat(line.costNanoUsd()).as(name).isEqualTo(cost);
  }

  @Test
  void addsLinesAsIntegersAndKeepsTheExactSum() {
    var model = new SimulatedModel("plain", 1, 3_625_000, 1, 1_000);
    try (var running = new RunningProvider(settings().withModels(List.of(model)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(running.post(body("[[sim:input=4; cached=4; tokens=0]]", "")).statusCode())
            .isEqualTo(200);
      }

      assertThat(running.provider.bill().totalNanoUsd()).isEqualTo(45);
      assertThat(running.provider.bill().exactTotal()).isEqualTo(BigInteger.valueOf(43_500_000));
    }
  }

  @Test
  void chargesWhatTheUsageSays() {
    try (var running = RunningProvider.usual()) {
      for (String form : List.of("plain", "reasoner")) {
        running.provider.bill().reset();
        String body =
            body("Where is my parcel?", ",\"n\":2").replace("\"plain\"", '"' + form + '"');
        JsonNode usage = running.answer(body).path("usage");

        TokenCount tokens = running.line().tokens();
        assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(tokens.prompt());
        assertThat(usage.path("completion_tokens").asLong()).isEqualTo(tokens.output());
        assertThat(usage.path("completion_tokens_details").path("reasoning_tokens").asLong())
            .isEqualTo(tokens.reasoning());
        assertThat(tokens.reasoning() > 0).isEqualTo(form.equals("reasoner"));
        assertThat(running.line().costNanoUsd())
            .isEqualTo(tokens.prompt() * 1_000 + tokens.output() * 10_000);
      }
    }
  }

  @Test
  void chargesACancelledStreamForThePromptAndTheTokensProduced() {
    var slow = settings().withLatency(Duration.ZERO, Duration.ofMillis(20));
    try (var running = new RunningProvider(slow)) {
      String read = running.readUntil(streamed("[[sim:tokens=400; input=90]]"), "{\"content\":\" ");
      running.settled();

      BillLine line = running.line();
      assertThat(line.ending()).isEqualTo(Ending.CLIENT_LEFT);
      assertThat(line.tokens().prompt()).isEqualTo(90);
      assertThat(line.tokens().output())
          .isBetween(read.lines().filter(l -> l.contains("\"content\":\" ")).count(), 399L);
      assertThat(line.usageReported()).isFalse();
    }
  }

  @Test
  void chargesACancelledPlainAnswerForWhatWasReady() {
    var slow = settings().withLatency(Duration.ZERO, Duration.ofSeconds(1));
    try (var running = new RunningProvider(slow)) {
      running.leaveAtOnce(body("[[sim:tokens=400; input=90]]", ""));

      assertThat(running.line().tokens().output()).isLessThan(20);
      assertThat(running.line().ending()).isEqualTo(Ending.CLIENT_LEFT);
    }
  }

  @Test
  void isReadAndResetOverHttp() {
    try (var running = RunningProvider.usual()) {
      String requestId =
          running
              .post(
                  body(
                      "[[sim:input=1000; tokens=5]]",
                      ",\"user\":\"u-1\",\"service_tier\":\"flex\""))
              .headers()
              .firstValue("x-request-id")
              .orElseThrow();

      JsonNode bill = Text.JSON.readTree(running.send("GET", "/sim/bill").body());
      assertThat(bill.path("total_usd").asString()).isEqualTo("0.001050000");
      assertThat(bill.path("exact_total_usd").asString()).isEqualTo("0.001050000000000");
      JsonNode line = bill.path("lines").path(0);
      assertThat(line.path("request_id").asString()).isEqualTo(requestId);
      assertThat(line.path("user").asString()).isEqualTo("u-1");
      assertThat(line.path("service_tier").asString()).isEqualTo("flex");
      assertThat(line.path("cost_usd").asString()).isEqualTo("0.001050000");

      assertThat(running.send("DELETE", "/sim/bill").statusCode()).isEqualTo(200);
      assertThat(running.provider.bill().totalNanoUsd()).isZero();
      assertThat(running.provider.received()).isEmpty();
    }
  }

  @Test
  void keepsTotalsOfLinesItNoLongerKeeps() {
    var short_ = settings().withHabits(SimulatedProvider.Habits.USUAL.withMemory(2, 1));
    try (var running = new RunningProvider(short_)) {
      for (int i = 0; i < 5; i++) {
        assertThat(running.post(body("[[sim:input=1000; tokens=0]]", "")).statusCode())
            .isEqualTo(200);
      }

      assertThat(running.provider.bill().lines())
          .extracting(BillLine::number)
          .containsExactly(3L, 4L);
      assertThat(running.provider.bill().attemptsCharged()).isEqualTo(5);
      assertThat(running.provider.bill().totalNanoUsd()).isEqualTo(5_000_000);
      assertThat(running.provider.received()).hasSize(1);
    }
  }
}
