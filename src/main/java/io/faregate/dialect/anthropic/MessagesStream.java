package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.EventRelay;
import io.faregate.dialect.SseText;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.WrittenText;
import org.jspecify.annotations.Nullable;

/// The stream of an Anthropic answer, relayed as it came. Only what can matter is parsed: every
/// event until the first content, and afterwards those that mention usage or an error, or in which
/// no text is found.
final class MessagesStream implements StreamReader, EventRelay.Reader {
  private static final byte[] USAGE = "\"usage\":".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\":".getBytes(US_ASCII);
  private static final WrittenText TEXTS = new WrittenText("text", "partial_json", "thinking");

  private final EventRelay relay = new EventRelay(this);
  private final MessagesUsage usage;

  private @Nullable String model;
  private @Nullable String failure;
  private Carriage.@Nullable Refused refused;
  private boolean started;
  private boolean done;
  private long pieces;
  private long textBytes;

  /// @param hourlyCache whether what the client marked for the cache is kept for an hour
  MessagesStream(boolean hourlyCache) {
    this.usage = new MessagesUsage(hourlyCache);
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
        usage.seen() && usage.reported().isEmpty(),
        model,
        usage.service(),
        textBytes,
        pieces,
        done && failure == null,
        failure);
  }

  @Override
  public void event(byte[] bytes, int from, int to) {
    relay.keep(from, to);
    var data = SseText.of(bytes, from, to);
    if (data == null || data.is("")) {
      return;
    }
    if (!started || mentions(USAGE, data) || mentions(ERROR, data) || !count(data)) {
      parse(data);
    }
  }

  private static boolean mentions(byte[] pattern, SseText data) {
    return Bytes.indexOf(data.bytes(), pattern, data.from(), data.to()) >= 0;
  }

  private boolean count(SseText data) {
    int written = TEXTS.count(data);
    if (written > 0) {
      pieces++;
      textBytes += written;
    }
    return written > 0;
  }

  private void parse(SseText data) {
    var event = new MessagesEvent(usage);
    event.read(data.bytes(), data.from(), data.length());
    model = model == null ? event.model : model;
    if (event.failure != null) {
      failure = event.failure;
      refused = pieces > 0 || event.content ? null : AnthropicMessages.refused(data.copy());
    }
    started |= event.content || event.finished;
    done |= event.type.equals("message_stop");
    if (event.content) {
      pieces++;
      textBytes += event.textBytes;
    }
  }
}
