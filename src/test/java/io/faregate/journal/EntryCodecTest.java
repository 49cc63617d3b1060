package io.faregate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.ledger.CallEntry;
import io.faregate.ledger.RandomEntries;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

final class EntryCodecTest {
  private final EntryEncoder encoder = new EntryEncoder();

  @Test
  void readsBackWhatItWrote() {
    var seed = new Random().nextLong();
    for (var entry : new RandomEntries(seed).calls(500)) {
      encoder.encode(entry);
      var length = encoder.end() - Frame.HEAD_BYTES;

      var read = EntryDecoder.decode(encoder.record(), Frame.HEAD_BYTES, length);

      assertThat(read).as("seed %d", seed).isEqualTo(entry);
    }
  }

  @Test
  void skipsFieldsOfALaterVersion() {
    var entry = new RandomEntries(1).call("call_1", 0);
    encoder.encode(entry);
    var length = encoder.end() - Frame.HEAD_BYTES;
    var bytes = new ByteArrayOutputStream();
    try (var cbor = new CBORFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      cbor.writeStartObject();
      cbor.writeStringProperty("mood", "good");
      cbor.writeName("colours");
      cbor.writeStartArray();
      cbor.writeNumber(1.5);
      cbor.writeNull();
      cbor.writeEndArray();
    }
    var extended = new byte[bytes.size() - 1 + length];
    // The generator closed its map with a break, which goes; the map of the entry brings its own.
    System.arraycopy(bytes.toByteArray(), 0, extended, 0, bytes.size() - 1);
    System.arraycopy(
        encoder.record(), Frame.HEAD_BYTES + 1, extended, bytes.size() - 1, length - 1);

    assertThat(EntryDecoder.decode(extended, 0, extended.length - 1)).isEqualTo(entry);
  }

  @Test
  void writesTextThatIsNoUnicode() {
    var entry = new RandomEntries(1).started("call_\ud800", 1);
    encoder.encode(entry);

    var read =
        EntryDecoder.decode(encoder.record(), Frame.HEAD_BYTES, encoder.end() - Frame.HEAD_BYTES);

    assertThat(read.call()).isEqualTo("call_\ufffd");
  }

  @Test
  void refusesWhatIsNoEntry() {
    assertThatThrownBy(() -> EntryDecoder.decode(new byte[] {1, 2, 3}, 0, 3))
        .isInstanceOf(JournalException.class);
  }

  @Test
  void aCallOfUsualSizeTakesLessThanAKilobyte() {
    var entry = (CallEntry) new RandomEntries(2).call().getLast();
    encoder.encode(entry);

    assertThat(encoder.end()).isLessThan(2_000);
  }
}
