package io.faregate.simulator;

import static io.faregate.simulator.RunningProvider.body;
import static io.faregate.simulator.RunningProvider.settings;
import static io.faregate.simulator.RunningProvider.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.simulator.tongue.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SimulatedProviderTest {
  @Test
  void answersTheSameCallTheSameWayWheneverTheSeedIsTheSame() {
    String body = body("Where is my parcel?", "");
    try (var first = RunningProvider.usual();
        var second = RunningProvider.usual();
        var other = new RunningProvider(settings().withSeed(2))) {
      assertThat(first.post(body).body()).isEqualTo(second.post(body).body());
      assertThat(content(first.answer(body))).isEqualTo(content(second.answer(body)));
      assertThat(content(first.answer(body))).isNotEqualTo(content(other.answer(body)));
    }
  }

  @Test
  void streamsTheSameTextAsItAnswersPlainly() {
    try (var running = RunningProvider.usual()) {
      JsonNode plain = running.answer(body("Where is my parcel?", ""));
      List<String> events = running.events(streamed("Where is my parcel?"));

      var text = new StringBuilder();
      for (String event : events.subList(0, events.size() - 2)) {
        JsonNode chunk = Text.JSON.readTree(event);
        assertThat(chunk.path("usage").isNull()).isTrue();
        text.append(chunk.path("choices").path(0).path("delta").path("content").asString(""));
      }
      assertThat(text).hasToString(content(plain));
      assertThat(Text.JSON.readTree(events.get(events.size() - 2)).path("usage"))
          .isEqualTo(plain.path("usage"));
      assertThat(events.getLast()).isEqualTo("[DONE]");
    }
  }

  @Test
  void sendsNoUsageInAStreamUnlessAsked() {
    try (var running = RunningProvider.usual()) {
      List<String> events = running.events(body("hello", ",\"stream\":true"));

      assertThat(events).noneMatch(event -> event.contains("usage"));
      assertThat(running.line().usageReported()).isFalse();
    }
  }

  @Test
  void sendsOneEventPerToken() {
    try (var running = RunningProvider.usual()) {
      List<String> events = running.events(streamed("[[sim:tokens=50]]"));

      assertThat(events).filteredOn(e -> e.contains("\"delta\":{\"content\"")).hasSize(50);
    }
  }

  @Test
  void stopsAtTheTokenLimit() {
    try (var running = RunningProvider.usual()) {
      JsonNode answer = running.answer(body("[[sim:tokens=50]]", ",\"max_completion_tokens\":7"));
      assertThat(answer.path("choices").path(0).path("finish_reason").asString())
          .isEqualTo("length");
      assertThat(answer.path("usage").path("completion_tokens").asLong()).isEqualTo(7);

      String thinking = body("[[sim:reasoning=50]]", ",\"max_tokens\":20");
      JsonNode usage = running.answer(thinking).path("usage");
      assertThat(usage.path("completion_tokens").asLong()).isEqualTo(20);
      assertThat(content(running.answer(thinking))).isEmpty();
    }
  }

  @Test
  void countsTokensAsDocumented() {
    try (var running = RunningProvider.usual()) {
      JsonNode usage = running.answer(body("Grüße!!", "")).path("usage");

      // 9 bytes: 3 + 4 + ⌈9 ÷ 4⌉.
      assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(10);
    }
  }

  @Test
  void readsARepeatedPrefixFromItsCacheFrom1024TokensOn() {
    String long_ = "x".repeat(6_000);
    try (var running = RunningProvider.usual();
        var forgetful =
            new RunningProvider(
                settings().withHabits(SimulatedProvider.Habits.USUAL.withoutCaching()))) {
      assertThat(cached(running, long_ + "a")).isZero();
      assertThat(cached(running, long_ + "b")).isEqualTo(11 * 128);
      assertThat(cached(running, "y" + long_)).isZero();
      assertThat(cached(running, "short")).isZero();
      assertThat(cached(running, "short")).isZero();
      assertThat(cached(forgetful, long_) + cached(forgetful, long_)).isZero();
    }
  }

  @Test
  void declinesWhatOpenAiDeclines() {
    try (var running = RunningProvider.usual()) {
      assertThat(running.post("{\"model\":").statusCode()).isEqualTo(400);
      assertThat(running.post("{\"messages\":[]}").statusCode()).isEqualTo(400);
      assertThat(running.post("{\"model\":\"plain\"}").statusCode()).isEqualTo(400);
      assertThat(running.post(body("x", ",\"n\":\"two\"")).statusCode()).isEqualTo(400);
      assertThat(running.post("{\"model\":\"other\",\"messages\":[]}").body())
          .contains("model_not_found");
      assertThat(running.send("GET", "/v1/nothing").statusCode()).isEqualTo(404);
      assertThat(running.provider.bill().attemptsCharged()).isZero();
    }
  }

  @Test
  void asksForItsKey() {
    var locked = settings().withHabits(SimulatedProvider.Habits.USUAL.withKey("sk-sim"));
    try (var running = new RunningProvider(locked)) {
      String body = body("hello", "");
      assertThat(running.post(body).statusCode()).isEqualTo(401);
      assertThat(running.post(body, "authorization", "Bearer sk-sim").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsBodiesAndHeadersByteForByteIfAsked() {
    var curious = settings().withHabits(SimulatedProvider.Habits.USUAL.withBodies());
    try (var running = new RunningProvider(curious)) {
      String body = body("hello ✓", "  ,\n\"user\" : \"u\"");
      assertThat(running.post(body, "x-odd", "1").statusCode()).isEqualTo(200);

      Received received = running.provider.received().getFirst();
      assertThat(received.body()).hasToString(body);
      assertThat(received.headers()).contains(Map.entry("x-odd", "1"));
      assertThat(received.bodySha256()).isEqualTo(running.line().bodySha256());
      assertThat(running.send("GET", "/sim/received").body()).contains(received.bodySha256());
    }
  }

  @Test
  void listsItsModels() {
    try (var running = RunningProvider.usual()) {
      JsonNode models = Text.JSON.readTree(running.send("GET", "/v1/models").body()).path("data");

      assertThat(models.valueStream().map(model -> model.path("id").asString()))
          .containsExactly("plain", "reasoner", "claude");
    }
  }

  private static String content(JsonNode answer) {
    return answer.path("choices").path(0).path("message").path("content").asString();
  }

  private static long cached(RunningProvider running, String text) {
    return running
        .answer(body(text, ""))
        .path("usage")
        .path("prompt_tokens_details")
        .path("cached_tokens")
        .asLong();
  }
}
