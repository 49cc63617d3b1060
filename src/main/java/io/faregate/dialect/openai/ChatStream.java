package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.EventRelay;
import io.faregate.dialect.SseText;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.WrittenText;
import io.faregate.money.Service;
import org.jspecify.annotations.Nullable;

/// The stream of an OpenAI Chat answer. Events are relayed as they came, but for the usage that we
/// asked for in the client's place: its chunk is hidden, and so is `"usage":null` in the others.
///
/// Only what can matter is parsed: every event until the first content, and afterwards those that
/// mention usage or an error, or in which no text is found.
final class ChatStream implements StreamReader, EventRelay.Reader {
  private static final String DONE = "[DONE]";
  private static final byte[] USAGE = "\"usage\":".getBytes(US_ASCII);
  private static final byte[] NULL_USAGE = ",\"usage\":null".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\":".getBytes(US_ASCII);
  private static final WrittenText TEXTS =
      new WrittenText("content", "arguments", "reasoning", "refusal");

  private final boolean usageAsked;
  private final EventRelay relay = new EventRelay(this);
  private final ChatUsage usage = new ChatUsage();

  private @Nullable String model;
  private @Nullable String serviceTier;
  private @Nullable String failure;
  private Carriage.@Nullable Refused refused;
  private boolean started;
  private boolean done;
  private long pieces;
  private long textBytes;

  /// @param usageAsked whether the client itself asked for usage; if not, it is hidden
  ChatStream(boolean usageAsked) {
    this.usageAsked = usageAsked;
  }

  @Override
  public byte[] relay(byte[] piece) {
    return relay.take(piece);
  }

  @Override
  public byte[] end() {
    return relay.end();
  }

  @Override
  public Carriage.@Nullable Refused refused() {
    return refused;
  }

  @Override
  public boolean started() {
    return relay.isOpen();
  }

  @Override
  public boolean mayOpen() {
    return started || (done && failure == null);
  }

  @Override
  public boolean isOver() {
    return done && failure == null && usage.reported().isPresent();
  }

  @Override
  public Answer answer() {
    return new Answer(
        usage.reported(),
        usage.contradicts(),
        model,
        Service.at(serviceTier),
        textBytes,
        pieces,
        done && failure == null,
        failure);
  }

  @Override
  public void event(byte[] bytes, int from, int to) {
    var data = SseText.of(bytes, from, to);
    if (data == null || data.is("") || data.is(DONE)) {
      done |= data != null && data.is(DONE);
      relay.keep(from, to);
      return;
    }
    int usageAt = indexOf(USAGE, data);
    boolean usageOnly = false;
    if (!started || mentions(data, usageAt) || indexOf(ERROR, data) >= 0 || !count(data)) {
      usageOnly = parse(data);
    }
    if (usageAsked || usageAt < 0) {
      relay.keep(from, to);
    } else if (!usageOnly) {
      keepWithoutUsage(bytes, from, to);
    }
  }

  private static int indexOf(byte[] pattern, SseText data) {
    return Bytes.indexOf(data.bytes(), pattern, data.from(), data.to());
  }

  /// Whether usage stands there that is more than `null`.
  private static boolean mentions(SseText data, int usageAt) {
    int value = usageAt + USAGE.length;
    return usageAt >= 0 && (value >= data.to() || data.bytes()[value] != 'n');
  }

  /// Reads a chunk; tells whether it only carries usage.
  private boolean parse(SseText data) {
    var chunk = new ChatChunk(usage);
    chunk.read(data.bytes(), data.from(), data.length());
    model = model == null ? chunk.model : model;
    serviceTier = chunk.serviceTier == null ? serviceTier : chunk.serviceTier;
    if (chunk.failure != null) {
      failure = chunk.failure;
      refused = pieces > 0 || chunk.content ? null : OpenAiErrors.inChat(data.copy());
    }
    if (chunk.content || chunk.finished) {
      started = true;
    }
    if (chunk.content) {
      pieces++;
      textBytes += chunk.textBytes;
    }
    return usage.seen() && chunk.choices == 0 && chunk.failure == null;
  }

  /// Counts what a chunk adds to the text without parsing it; tells whether that was anything.
  private boolean count(SseText data) {
    int written = TEXTS.count(data);
    if (written > 0) {
      pieces++;
      textBytes += written;
    }
    return written > 0;
  }

  private void keepWithoutUsage(byte[] bytes, int from, int to) {
    int at = Bytes.indexOf(bytes, NULL_USAGE, from, to);
    if (at < 0) {
      relay.keep(from, to);
    } else {
      relay.keep(from, at);
      relay.keep(at + NULL_USAGE.length, to);
    }
  }
}
