package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseText;
import io.faregate.dialect.SseSplitter;
import io.faregate.dialect.StreamReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The stream of an OpenAI Chat answer. Events are relayed as they came, but for the usage that we
/// asked for in the client's place: its chunk is hidden, and so is `"usage":null` in the others.
///
/// Only what can matter is parsed: every event until the first content, and afterwards those that
/// mention usage or an error, or in which no text is found. A quote inside text is always escaped,
/// so the names with their quotes cannot be mistaken for something that the model wrote.
final class ChatStream implements StreamReader {
  private static final String DONE = "[DONE]";
  private static final byte[] USAGE = "\"usage\":".getBytes(US_ASCII);
  private static final byte[] NULL_USAGE = ",\"usage\":null".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\":".getBytes(US_ASCII);
  private static final byte[] STRING = "\":\"".getBytes(US_ASCII);
  private static final List<byte[]> TEXTS =
      Stream.of("content", "arguments", "reasoning", "refusal")
          .map(name -> name.getBytes(US_ASCII))
          .toList();
  private static final byte[] NOTHING = {};
  private static final int MAX_OPENING = 1024 * 1024;

  private final boolean usageAsked;
  private final SseSplitter events = new SseSplitter();
  private final ChatUsage usage = new ChatUsage();
  private final ByteArrayOutputStream opening = new ByteArrayOutputStream(0);

  private @Nullable String model;
  private @Nullable String serviceTier;
  private @Nullable String failure;
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
    events.add(piece);
    var relayed = new Relayed(events);
    for (int end = events.next(); end > 0; end = events.next()) {
      event(events.from(), end, relayed);
      events.take(end);
    }
    var bytes = relayed.bytes();
    return opening.size() > 0 || !started ? opened(bytes) : bytes;
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public Answer answer() {
    return new Answer(
        usage.reported(),
        usage.seen() && usage.reported().isEmpty(),
        model,
        serviceTier,
        textBytes,
        pieces,
        done && failure == null,
        failure);
  }

  /// What may go out of events that were held back until the first content, or the end.
  private byte[] opened(byte[] bytes) {
    opening.writeBytes(bytes);
    if (opening.size() > MAX_OPENING) {
      throw new DialectException("the stream opens with over 1 MiB without content", (String) null);
    }
    if (!started && (!done || failure != null)) {
      return NOTHING;
    }
    var all = opening.toByteArray();
    opening.reset();
    started = true;
    return all;
  }

  private void event(int from, int to, Relayed relayed) {
    var data = SseText.of(events.bytes(), from, to);
    if (data == null || data.is("") || data.is(DONE)) {
      done |= data != null && data.is(DONE);
      relayed.keep(from, to);
      return;
    }
    int usageAt = indexOf(USAGE, data);
    boolean usageOnly = false;
    if (!started || mentions(data, usageAt) || indexOf(ERROR, data) >= 0 || !count(data)) {
      usageOnly = parse(data);
    }
    if (usageAsked || usageAt < 0) {
      relayed.keep(from, to);
    } else if (!usageOnly) {
      keepWithoutUsage(from, to, relayed);
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
    failure = chunk.failure == null ? failure : chunk.failure;
    if (chunk.content || chunk.finished) {
      started = true;
    }
    if (chunk.content) {
      pieces++;
      textBytes += chunk.textBytes;
    }
    return usage.seen() && chunk.choices == 0 && chunk.failure == null;
  }

  /// Counts what a chunk adds to the text without parsing it, as far as it is written without
  /// spaces; tells whether that was anything.
  private boolean count(SseText data) {
    var bytes = data.bytes();
    int written = 0;
    int at = indexOf(STRING, data);
    while (at >= 0) {
      int start = at + STRING.length;
      int end = stringEnd(bytes, start, data.to());
      if (isText(bytes, data.from(), at)) {
        written += end - start;
      }
      at = Bytes.indexOf(bytes, STRING, end, data.to());
    }
    if (written > 0) {
      pieces++;
      textBytes += written;
    }
    return written > 0;
  }

  private static int stringEnd(byte[] bytes, int start, int to) {
    int end = start;
    while (end < to && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, to);
  }

  /// Whether a name of text ends before that place.
  private static boolean isText(byte[] bytes, int from, int to) {
    for (var name : TEXTS) {
      int start = to - name.length;
      if (start >= from && Arrays.equals(bytes, start, to, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }

  private void keepWithoutUsage(int from, int to, Relayed relayed) {
    int at = Bytes.indexOf(events.bytes(), NULL_USAGE, from, to);
    if (at < 0) {
      relayed.keep(from, to);
    } else {
      relayed.keep(from, at);
      relayed.keep(at + NULL_USAGE.length, to);
    }
  }

  /// The stretches of the bytes at hand that are relayed; nothing is copied while they are one.
  private static final class Relayed {
    private final SseSplitter events;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);
    private int from;
    private int to;

    Relayed(SseSplitter events) {
      this.events = events;
    }

    void keep(int start, int end) {
      if (start != to) {
        before.write(events.bytes(), from, to - from);
        from = start;
      }
      to = end;
    }

    byte[] bytes() {
      var all = events.bytes();
      if (before.size() == 0) {
        return from == 0 && to == all.length ? all : Arrays.copyOfRange(all, from, to);
      }
      before.write(all, from, to - from);
      return before.toByteArray();
    }
  }
}
