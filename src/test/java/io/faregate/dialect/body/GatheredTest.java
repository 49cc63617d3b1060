package io.faregate.dialect.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import java.io.ByteArrayOutputStream;
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
