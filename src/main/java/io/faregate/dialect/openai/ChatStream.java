package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseSplitter;
import io.faregate.dialect.StreamReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The stream of an OpenAI Chat answer. Events are relayed as they came, but for the usage that we
/// asked for in the client's place: its chunk is hidden, and so is `"usage":null` in the others.
///
/// Only what can matter is parsed: every event until the first content, and afterwards those that
/// mention usage or an error. A quote inside text is always escaped, so the names with their quotes
/// cannot be mistaken for something that the model wrote.
final class ChatStream implements StreamReader {
  private static final byte[] DATA = "data:".getBytes(US_ASCII);
  private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);
  private static final byte[] USAGE = "\"usage\":".getBytes(US_ASCII);
  private static final byte[] NULL_USAGE = ",\"usage\":null".getBytes(US_ASCII);
  private static final byte[] ERROR = "\"error\":".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content\":\"".getBytes(US_ASCII);
  private static final byte[] ARGUMENTS = "arguments\":\"".getBytes(US_ASCII);
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
    if (!started && !done) {
      return NOTHING;
    }
    var all = opening.toByteArray();
    opening.reset();
    started = true;
    return all;
  }

  private void event(int from, int to, Relayed relayed) {
    var bytes = events.bytes();
    int data = Bytes.indexOf(bytes, DATA, from, to);
    if (data < 0) {
      relayed.keep(from, to);
      return;
    }
    int text = data + DATA.length;
    if (isDone(bytes, text, to)) {
      done = true;
      relayed.keep(from, to);
      return;
    }
    int usageAt = Bytes.indexOf(bytes, USAGE, text, to);
    boolean usageOnly = false;
    if (!started || mentions(bytes, usageAt, to) || Bytes.indexOf(bytes, ERROR, text, to) >= 0) {
      usageOnly = parse(bytes, text, to);
    } else {
      count(bytes, text, to);
    }
    if (usageAsked || usageAt < 0) {
      relayed.keep(from, to);
    } else if (!usageOnly) {
      keepWithoutUsage(from, to, relayed);
    }
  }

  /// Whether usage stands there that is more than `null`.
  private static boolean mentions(byte[] bytes, int usageAt, int to) {
    int value = usageAt + USAGE.length;
    return usageAt >= 0 && (value >= to || bytes[value] != 'n');
  }

  private static boolean isDone(byte[] bytes, int text, int to) {
    int at = text;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return Bytes.indexOf(bytes, DONE, at, Math.min(to, at + DONE.length)) == at;
  }

  /// Reads a chunk; tells whether it only carries usage.
  private boolean parse(byte[] bytes, int from, int to) {
    var chunk = new ChatChunk(usage);
    var json = joined(bytes, from, to);
    if (json == null) {
      chunk.read(bytes, from, to - from);
    } else {
      chunk.read(json, 0, json.length);
    }
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

  /// The data of an event of several `data:` lines in one piece; null for the usual single line.
  private static byte @Nullable [] joined(byte[] bytes, int from, int to) {
    int second = Bytes.indexOf(bytes, "\ndata:".getBytes(US_ASCII), from, to);
    if (second < 0) {
      return null;
    }
    var joined = new ByteArrayOutputStream();
    int line = from;
    for (int next = second;
        next >= 0;
        next = Bytes.indexOf(bytes, "\ndata:".getBytes(US_ASCII), line, to)) {
      joined.write(bytes, line, next - line);
      line = next + 1 + DATA.length;
    }
    joined.write(bytes, line, to - line);
    return joined.toByteArray();
  }

  /// Counts what a chunk adds to the text without parsing it.
  private void count(byte[] bytes, int from, int to) {
    int written = textLength(bytes, CONTENT, from, to) + textLength(bytes, ARGUMENTS, from, to);
    if (written > 0) {
      pieces++;
      textBytes += written;
    }
  }

  private static int textLength(byte[] bytes, byte[] before, int from, int to) {
    int at = Bytes.indexOf(bytes, before, from, to);
    if (at < 0) {
      return 0;
    }
    int start = at + before.length;
    int end = start;
    while (end < to && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, to) - start;
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
