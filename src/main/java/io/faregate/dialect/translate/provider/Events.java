package io.faregate.dialect.translate.provider;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.SseSplitter;
import io.faregate.dialect.SseText;
import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.ProviderSide;
import java.util.ArrayList;
import java.util.List;

/// Reads a stream of server-sent events; what an event says is for the dialect to tell. After the
/// end of the answer nothing is read any more.
public abstract class Events implements ProviderSide.PieceReader {
  private static final byte[] EMPTY_LINE = {'\n', '\n'};

  private final SseSplitter events = new SseSplitter();
  private final List<Piece> pieces = new ArrayList<>();
  private boolean started;
  private boolean over;

  @Override
  public final List<Piece> read(byte[] bytes) {
    if (over) {
      return List.of();
    }
    events.add(bytes);
    for (int end = events.next(); end > 0 && !over; end = events.next()) {
      var data = SseText.of(events.bytes(), events.from(), end);
      events.take(end);
      if (data != null && !data.is("")) {
        event(data);
      }
    }
    var said = List.copyOf(pieces);
    pieces.clear();
    return said;
  }

  /// The last event may lack its empty line.
  @Override
  public final List<Piece> end() {
    return read(EMPTY_LINE);
  }

  /// Takes the data of one event.
  ///
  /// @throws DialectException if it is not what it should be
  protected abstract void event(SseText data);

  /// Says a piece.
  ///
  /// @throws DialectException if the answer has not begun
  protected final void say(Piece piece) {
    if (over) {
      return;
    }
    started |= piece instanceof Piece.Started;
    if (!started && !(piece instanceof Piece.Failed)) {
      throw new DialectException("the stream does not begin with its beginning", (String) null);
    }
    pieces.add(piece);
    over = piece instanceof Piece.Ended || piece instanceof Piece.Failed;
  }

  /// Whether the answer has begun.
  protected final boolean started() {
    return started;
  }
}
