package io.faregate.dialect.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GatheredTest {
  @Test
  void isEmptyBeforeAnythingComes() {
    var body = new Gathered(100);
    assertThat(body.length()).isZero();
    assertThat(body.whole()).isEmpty();
  }

  @Test
  void keepsASinglePieceAsItCame() {
    var piece = new byte[] {1, 2, 3};
    var body = new Gathered(64);
    body.add(piece);
    assertThat(body.whole()).isSameAs(piece);
  }

  @Test
  void unpacksWhatIsSaidToBePackedAndIs() throws IOException {
    var text = "x".repeat(100_000).getBytes(UTF_8);
    var packed = packed(text);
    assertThat(gathered(packed).whole("GZip")).isEqualTo(text);
    assertThat(gathered(packed).whole(null)).isSameAs(packed);
    assertThat(gathered(packed).whole("br")).isSameAs(packed);
  }

  @Test
  void leavesWhatIsBrokenOrTooLargeAsItCame() throws IOException {
    var text = "no gzip".getBytes(UTF_8);
    assertThat(gathered(text).whole("gzip")).isSameAs(text);
    var cut = Arrays.copyOf(packed(text), 15);
    assertThat(gathered(cut).whole("gzip")).isSameAs(cut);
    var bomb = packed(new byte[(32 << 20) + 1]);
    assertThat(gathered(bomb).whole("gzip")).isSameAs(bomb);
  }

  private static Gathered gathered(byte[] piece) {
    var body = new Gathered();
    body.add(piece);
    return body;
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var packing = new GZIPOutputStream(packed)) {
      packing.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void putsPiecesTogetherInOrderWithoutTouchingThem() {
    Seeds.each(
        1_000,
        chance -> {
          var body = new Gathered(chance.nextInt(200));
          var all = new ByteArrayOutputStream();
          for (int left = chance.nextInt(20); left > 0; left--) {
            var piece = new byte[chance.nextInt(50)];
            chance.nextBytes(piece);
            var before = piece.clone();
            body.add(piece);
            all.writeBytes(before);
            assertThat(piece).isEqualTo(before);
            assertThat(body.length()).isEqualTo(all.size());
            assertThat(body.whole()).isEqualTo(all.toByteArray());
          }
        });
  }
}
