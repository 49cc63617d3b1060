package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.dialect.openai.RandomBody;
import io.faregate.simulator.SimulatedProvider.Habits;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesTest {
  private static final int BODIES = 1_000;

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
                  List.of("alpha", "beta"),
                  Lab.POLICY,
                  settings -> settings.withHabits(Habits.USUAL.withMemory(0, 1)))) {
            var bodies = new RandomBody(chance);
            for (int i = 0; i < BODIES; i++) {
              sameBytes(lab, bodies.plain());
            }
          }
        });
  }

  private static void sameBytes(Lab lab, String body) {
    var answer = lab.chat(body);

    var received = lab.provider("alpha").received();
    assertThat(received).as("%d %s", answer.statusCode(), body).hasSize(1);
    assertThat(received.getFirst().bodySha256())
        .as(body)
        .isEqualTo(sha256(body.replace("\"auto\"", "\"gpt-5.4-nano\"")));
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
