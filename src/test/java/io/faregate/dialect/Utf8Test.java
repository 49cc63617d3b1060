package io.faregate.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final String TEXT = "a é 東京 👩‍👩‍👧 \u0000 \uffff \ud800\udc00 \udbff\udfff";

  @Test
  void knowsTextOfEveryLength() {
    var bytes = TEXT.getBytes(UTF_8);

    assertThat(Utf8.isWellFormed(bytes, 0, bytes.length)).isTrue();
  }

  @Test
  void agreesWithTheStrictDecoderOnWhateverComes() {
    Seeds.each(
        20_000,
        chance -> {
          var bytes = chance.nextBoolean() ? noise(chance) : damaged(chance);

          assertThat(Utf8.isWellFormed(bytes, 0, bytes.length)).isEqualTo(isDecoded(bytes));
        });
  }

  private static byte[] noise(Random chance) {
    var bytes = new byte[chance.nextInt(6)];
    chance.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random chance) {
    var bytes = TEXT.getBytes(UTF_8);
    bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
    return bytes;
  }

  private static boolean isDecoded(byte[] bytes) {
    try {
      var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
