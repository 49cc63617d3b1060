package io.faregate.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.ledger.Entry;
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

  @Test
  void readsBackWhatItWrote() {
    var seed = new Random().nextLong();
    for (var entry : new RandomEntries(seed).calls(500)) {
      var bytes = encoded(entry);

      assertThat(EntryDecoder.decode(bytes, 0, bytes.length)).as("seed %d", seed).isEqualTo(entry);
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

    assertThat(EntryDecoder.decode(extended, 0, extended.length)).isEqualTo(entry);
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

    assertThat(EntryDecoder.decode(older, 0, older.length)).isEqualTo(entry);
  }

  @Test
  void writesTextThatIsNoUnicode() {
    var bytes = encoded(new RandomEntries(1).started("call_\ud800", 1));

    assertThat(EntryDecoder.decode(bytes, 0, bytes.length).call()).isEqualTo("call_\ufffd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"010203", "9f", "80", "ff", "9f6463616c6cff", "9f6463616c6c01ff", "a0"})
  void refusesWhatIsNoEntry(String hex) {
    var bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> EntryDecoder.decode(bytes, 0, bytes.length))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
