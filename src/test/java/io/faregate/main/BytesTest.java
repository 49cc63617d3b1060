package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.dialect.RandomAsk;
import io.faregate.dialect.openai.RandomBody;
import io.faregate.simulator.SimulatedProvider.Habits;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What providers receive is what clients sent. `DialectBytesTest` shows the same of ten thousand
/// bodies for each dialect without sockets.
class BytesTest {
  private static final int BODIES = 500;

  private static final String VECTORS = "text-embedding-3-small";

  private static final String POLICY =
      Lab.POLICY
          .replace(
              "\nmodels:\n",
              """

                gamma: { api: anthropic, url: "@gamma/..", key: test }
              models:
                alpha/text-embedding-3-small: { kind: embedding, price: { input: 0.02 } }
                gamma/claude-sonnet-5: { window: 1M, price: { input: 2, output: 10 } }
              """)
          .replace("balanced: { models: [", "balanced: { models: [gamma/claude-sonnet-5, ");

  @TempDir private Path folder;

  @Test
  void sendsTheClientsBytesAndChangesOnlyTheModelName() {
    Seeds.each(
        1,
        chance -> {
          var data = folder.resolve(Long.toString(chance.nextLong()));
          try (var lab =
              new Lab(
                  data,
                  List.of("alpha", "beta", "gamma"),
                  POLICY,
                  settings -> settings.withHabits(Habits.USUAL.withMemory(0, 1)))) {
            var chat = new RandomBody(chance);
            var asks = new RandomAsk(chance, "auto-model");
            for (int i = 0; i < BODIES; i++) {
              var body = chat.plain().replace("\"auto\"", "\"auto-model\"");
              same(lab, new Way("/chat/completions", "alpha", "gpt-5.4-nano"), body);
              same(lab, new Way("/responses", "alpha", "gpt-5.4-nano"), asks.responses());
              same(lab, new Way("/embeddings", "alpha", VECTORS), asks.embeddings());
              same(lab, new Way("/messages", "gamma", "claude-sonnet-5"), asks.messages());
            }
          }
        });
  }

  /// An address, and the provider and model that its calls go to.
  private record Way(String path, String provider, String model) {
    /// The name that they ask for.
    String asked() {
      return model.startsWith("gpt-") ? "auto" : provider + "/" + model;
    }
  }

  private static void same(Lab lab, Way way, String body) {
    var sent = body.replace("\"auto-model\"", "\"" + way.asked() + "\"");
    var answer = lab.post(way.path(), sent);

    var received = lab.provider(way.provider()).received();
    assertThat(received).as("%d %s %s", answer.statusCode(), answer.body(), sent).hasSize(1);
    assertThat(received.getFirst().bodySha256())
        .as(sent)
        .isEqualTo(sha256(body.replace("\"auto-model\"", "\"" + way.model() + "\"")));
  }

  private static String sha256(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
