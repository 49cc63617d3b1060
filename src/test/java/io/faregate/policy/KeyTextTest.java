package io.faregate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.policy.KeyText.Shape;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void makesKeysOfOneShapeThatNeverRepeat() {
    Set<String> seen = new HashSet<>();
    Seeds.each(
        2_000,
        random -> {
          var key = KeyText.made(random);

          assertThat(key.reveal()).matches("fg_[0-9A-Za-z]{49}");
          assertThat(KeyText.shapeOf(key.reveal())).isEqualTo(Shape.WHOLE);
          assertThat(seen.add(key.reveal())).isTrue();
        });
  }

  @Test
  void noticesEveryWrongDigitEverySwapAndEveryCut() {
    Seeds.each(
        300,
        random -> {
          var key = KeyText.made(random).reveal();
          int place = KeyText.PREFIX.length() + random.nextInt(49);

          assertThat(KeyText.shapeOf(wrong(key, place, random))).isEqualTo(Shape.DAMAGED);
          assertThat(KeyText.shapeOf(key.substring(0, place))).isEqualTo(Shape.DAMAGED);
          assertThat(KeyText.shapeOf(key + "x")).isEqualTo(Shape.DAMAGED);
          var body = KeyText.PREFIX.length() + random.nextInt(42);
          if (key.charAt(body) != key.charAt(body + 1)) {
            assertThat(KeyText.shapeOf(swapped(key, body))).isEqualTo(Shape.DAMAGED);
          }
        });
  }

  @Test
  void showsItselfToNobody() {
    var key = KeyText.made(new Random(3));

    assertThat(key).asString().isEqualTo("fg_***");
    assertThat(key.sha256()).isEqualTo(KeyText.sha256(key.reveal())).matches("[0-9a-f]{64}");
  }

  @Test
  void tellsTheHashOfAKeyAndTheKeysOfProviders() {
    var key = KeyText.made(new Random(4));

    assertThat(KeyText.shapeOf(key.sha256())).isEqualTo(Shape.HASH);
    assertThat(KeyText.shapeOf("sk-ant-api03-abc")).isEqualTo(Shape.PROVIDERS);
    assertThat(KeyText.shapeOf("AIzaSyB")).isEqualTo(Shape.PROVIDERS);
    assertThat(KeyText.shapeOf("letmein")).isEqualTo(Shape.OTHER);
  }

  private static String wrong(String key, int place, Random random) {
    int digit = DIGITS.indexOf(key.charAt(place));
    var other = DIGITS.charAt((digit + 1 + random.nextInt(DIGITS.length() - 1)) % DIGITS.length());
    return key.substring(0, place) + other + key.substring(place + 1);
  }

  private static String swapped(String key, int place) {
    return key.substring(0, place)
        + key.charAt(place + 1)
        + key.charAt(place)
        + key.substring(place + 2);
  }
}
