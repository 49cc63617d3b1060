package io.faregate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class IndexOfTest {
  private static int oneByOne(byte[] bytes, byte[] pattern, int from, int to) {
    for (int at = from; at + pattern.length <= to; at++) {
      int same = 0;
      while (same < pattern.length && bytes[at + same] == pattern[same]) {
        same++;
      }
      if (same == pattern.length) {
        return at;
      }
    }
    return -1;
  }

  /// Few different bytes, so that the pattern nearly matches everywhere; the highest and the lowest
  /// among them, for eight are looked at as one number.
  private static byte[] some(Random chance, int length) {
    byte[] choice = {0, 1, 'a', 127, -128, -1};
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = choice[chance.nextInt(choice.length)];
    }
    return bytes;
  }

  @Test
  void findsWhatALookAtEachByteFinds() {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      var bytes = some(chance, chance.nextInt(64));
      var pattern = some(chance, 1 + chance.nextInt(3));
      int from = chance.nextInt(bytes.length + 1);
      int to = from + chance.nextInt(bytes.length - from + 1);

      assertThat(Bytes.indexOf(bytes, pattern, from, to))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(oneByOne(bytes, pattern, from, to));
    }
  }
}
