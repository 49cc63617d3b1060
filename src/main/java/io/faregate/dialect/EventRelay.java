package io.faregate.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Relays a provider's stream by whole events, and holds back those before the first content, so
/// that an attempt that fails until then can be tried again unseen.
public final class EventRelay {
  private static final long MAX_OPENING = 1024 * 1024;
  private static final byte[] NOTHING = {};
  private static final byte[] EMPTY_LINE = {'\n', '\n'};

  private final SseSplitter events = new SseSplitter();
  private final Reader reader;
  private final long mostOpening;
  private final ByteArrayOutputStream opening = new ByteArrayOutputStream(0);
  private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);
  private boolean open;
  private int from;
  private int to;

  /// Reads the events in passing.
  public interface Reader {
    /// Takes a whole event, which stands in `[from, to)`, and keeps what of it is relayed.
    void event(byte[] bytes, int from, int to);

    /// Whether content has come, or the proper end without any.
    boolean mayOpen();

    /// Whether the proper end has come, and usage before it: what follows is no part of the answer,
    /// and is neither read nor relayed.
    boolean isOver();
  }

  /// @param reader is shown each event once
  public EventRelay(Reader reader) {
    this(reader, 0);
  }

  /// @param reader is shown each event once
  /// @param repeated how many bytes of the request the provider may repeat before the first content
  public EventRelay(Reader reader, long repeated) {
    this.reader = reader;
    this.mostOpening = MAX_OPENING + repeated;
  }

  /// Takes a piece as it came.
  ///
  /// @return what is relayed now; while every byte is, nothing is copied
  /// @throws DialectException if an event, or all before the first content, is too large
  public byte[] take(byte[] piece) {
    if (reader.isOver()) {
      return NOTHING;
    }
    events.add(piece);
    before.reset();
    from = 0;
    to = 0;
    for (int end = events.next(); end > 0 && !reader.isOver(); end = events.next()) {
      reader.event(events.bytes(), events.from(), end);
      events.take(end);
    }
    return open ? kept() : opened();
  }

  /// The stream is over: data that lacks its empty line is an event all the same.
  ///
  /// @return what is relayed now, with the empty line that lacked
  /// @throws DialectException as for any piece
  public byte[] end() {
    var rest = SseText.of(events.bytes(), events.from(), events.to());
    return rest == null ? NOTHING : take(EMPTY_LINE);
  }

  /// Lets a stretch of the event at hand through; stretches come in order.
  public void keep(int start, int end) {
    if (start != to) {
      before.write(events.bytes(), from, to - from);
      from = start;
    }
    to = end;
  }

  /// Whether anything has been relayed.
  public boolean isOpen() {
    return open;
  }

  private byte[] opened() {
    opening.writeBytes(kept());
    if (reader.mayOpen()) {
      open = true;
      var all = opening.toByteArray();
      opening.reset();
      return all;
    }
    if (opening.size() > mostOpening) {
      throw new DialectException("the stream opens with over 1 MiB without content", (String) null);
    }
    return NOTHING;
  }

  private byte[] kept() {
    var all = events.bytes();
    if (before.size() == 0) {
      return from == 0 && to == all.length ? all : Arrays.copyOfRange(all, from, to);
    }
    before.write(all, from, to - from);
    return before.toByteArray();
  }
}
