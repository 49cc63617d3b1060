package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.Api;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.carry.Cargo;
import io.faregate.dialect.carry.Carriages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiEmbeddings;
import io.faregate.dialect.openai.OpenAiResponses;
import io.faregate.dialect.openai.RandomBody;
import java.time.Instant;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What a client's body becomes on its way to a provider that speaks the same: itself.
class DialectBytesTest {
  private static final int BODIES = 10_000;
  private static final String MODEL = "their-model";

  @Test
  void forwardsChatAsItCame() {
    forwards(
        new OpenAiChat(),
        Api.OPENAI,
        chance -> new RandomBody(chance).plain().replace(text("auto"), text(MODEL)));
  }

  @Test
  void forwardsResponsesAsTheyCame() {
    forwards(new OpenAiResponses(), Api.OPENAI, chance -> new RandomAsk(chance, MODEL).responses());
  }

  @Test
  void forwardsEmbeddingsAsTheyCame() {
    forwards(
        new OpenAiEmbeddings(), Api.OPENAI, chance -> new RandomAsk(chance, MODEL).embeddings());
  }

  @Test
  void forwardsMessagesAsTheyCame() {
    forwards(
        new AnthropicMessages(), Api.ANTHROPIC, chance -> new RandomAsk(chance, MODEL).messages());
  }

  private static void forwards(Dialect dialect, Api api, Function<Random, String> bodies) {
    Seeds.each(
        BODIES,
        chance -> {
          var body = bodies.apply(chance);
          var read = dialect.read(body.getBytes(UTF_8));
          var changes = new Body.Changes("gpt \"4\"", 0, null);
          var cargo = new Cargo(read, changes, "call", Instant.EPOCH, "home", null);
          var carried = Carriages.of(dialect, api, cargo);

          assertThat(new String(carried.body(), UTF_8))
              .isEqualTo(body.replace(text(MODEL), "\"gpt \\\"4\\\"\""));
          assertThat(read.demand().inputBound())
              .isGreaterThanOrEqualTo(read.demand().inputBytes().total());
        });
  }

  private static String text(String content) {
    return "\"" + content + "\"";
  }
}
