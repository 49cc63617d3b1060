package io.faregate.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.ledger.Entry;
import io.faregate.ledger.PremiumEntry;
import io.faregate.ledger.RandomEntries;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryCodecTest {
  private static final int HEAD_BYTES = 16;
  private static final byte END_OF_ARRAY = (byte) 0xff;

  private final EntryEncoder encoder = new EntryEncoder(HEAD_BYTES);
  private final EntryDecoder decoder = new EntryDecoder();

  @Test
  void readsBackWhatItWrote() {
    var seed = new Random().nextLong();
    for (var entry : new RandomEntries(seed).calls(500)) {
      var bytes = encoded(entry);

      assertThat(decoder.decode(bytes, 0, bytes.length)).as("seed %d", seed).isEqualTo(entry);
    }
  }

  private byte[] encoded(Entry entry) {
    encoder.encode(entry);
    return Arrays.copyOfRange(encoder.record(), HEAD_BYTES, encoder.end());
  }

  @Test
  void doesNotReadWhatALaterVersionAddedAtTheEnd() {
    var entry = new RandomEntries(1).call("call_1", 0);
    var bytes = encoded(entry);
    assertThat(bytes).endsWith(END_OF_ARRAY);
    // A list of one number takes the place of the end, which goes behind it.
    var extended = Arrays.copyOf(bytes, bytes.length + 2);
    extended[bytes.length - 1] = (byte) 0x81;
    extended[bytes.length] = 7;
    extended[bytes.length + 1] = END_OF_ARRAY;

    assertThat(decoder.decode(extended, 0, extended.length)).isEqualTo(entry);
  }

  @Test
  void takesWhatAnOlderVersionDidNotWriteForNull() {
    var random = new RandomEntries(3);
    var entry =
        Stream.generate(() -> random.attempt("call_1", 1, 0))
            .filter(attempt -> attempt.problem() == null)
            .findFirst()
            .orElseThrow();
    var bytes = encoded(entry);
    // The last field is one byte of null; without it the array ends where that stood.
    var older = Arrays.copyOf(bytes, bytes.length - 1);
    older[older.length - 1] = END_OF_ARRAY;

    assertThat(decoder.decode(older, 0, older.length)).isEqualTo(entry);
  }

  @Test
  void writesTextThatIsNoUnicode() {
    var bytes = encoded(new RandomEntries(1).started("call_\ud800", 1));

    assertThat(decoder.decode(bytes, 0, bytes.length).call()).isEqualTo("call_\ufffd");
  }

  /// Texts beyond some kilobytes once were written in parts.
  @Test
  void readsATextInParts() {
    var bytes = HexFormat.of().parseHex("9f677072656d69756d7f626361636c6cc362bc31fff6010220ff");

    assertThat(decoder.decode(bytes, 0, bytes.length))
        .isEqualTo(new PremiumEntry("call\u00fc1", null, 1, 2, -1));
  }

  @Test
  void stepsOverEveryKindThatALaterVersionMayAdd() {
    var hex = "9f677072656d69756d6163f6010203";
    var added =
        "fb3ff0000000000000f97e0040420102bf6161820102ff"
            + "c11a514b67b0a161610a5f4101ff7f6161ff9fffe0f7";
    var bytes = HexFormat.of().parseHex(hex + added + "ff");

    assertThat(decoder.decode(bytes, 0, bytes.length))
        .isEqualTo(new PremiumEntry("c", null, 1, 2, 3));
  }

  @Test
  void refusesAnEntryThatBreaksOffWithinItsFields() {
    for (var entry : new RandomEntries(5).calls(20)) {
      var bytes = encoded(entry);
      for (int length = 0; length < bytes.length - 1; length++) {
        int cut = length;
        assertThatThrownBy(() -> decoder.decode(bytes, 0, cut))
            .as("%d bytes of %s", cut, entry)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void readsOrRefusesDamagedBytesAndNeverFailsOtherwise() {
    var seed = new Random().nextLong();
    var chance = new Random(seed);
    for (var entry : new RandomEntries(seed).calls(2_000)) {
      var bytes = encoded(entry);
      bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
      assertThatCode(() -> readOrRefused(bytes))
          .as("seed %d, %s", seed, HexFormat.of().formatHex(bytes))
          .doesNotThrowAnyException();
    }
  }

  private void readOrRefused(byte[] bytes) {
    try {
      assertThat(decoder.decode(bytes, 0, bytes.length)).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"010203", "9f", "80", "ff", "9f6463616c6cff", "9f6463616c6c01ff", "a0"})
  void refusesWhatIsNoEntry(String hex) {
    var bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> decoder.decode(bytes, 0, bytes.length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
