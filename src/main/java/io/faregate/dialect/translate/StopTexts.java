package io.faregate.dialect.translate;

import io.faregate.dialect.translate.hub.Piece;
import io.faregate.dialect.translate.hub.ProviderSide;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Said;
import io.faregate.dialect.translate.hub.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends an answer at the first of the texts at which its client wants it to stop, where the
/// provider cannot be told. What the model writes after it is read for its usage and not shown.
final class StopTexts implements ProviderSide.PieceReader {
  private final ProviderSide.PieceReader reader;
  private final List<String> stops;

  /// The end of the text so far, as long as a stop text may begin in it.
  private String held = "";

  private @Nullable String stop;

  private StopTexts(ProviderSide.PieceReader reader, List<String> stops) {
    this.reader = reader;
    this.stops = stops;
  }

  /// A reader of the same answer that ends at one of the texts.
  static ProviderSide.PieceReader cutting(ProviderSide.PieceReader reader, List<String> stops) {
    return stops.isEmpty() ? reader : new StopTexts(reader, stops);
  }

  /// The same answer up to the first of the texts.
  static Reply cut(Reply reply, List<String> stops) {
    var kept = new ArrayList<Said>();
    for (var part : reply.content()) {
      var found = part instanceof Said.Text text ? first(text.text(), stops) : null;
      if (found != null) {
        if (found.at > 0) {
          kept.add(new Said.Text(((Said.Text) part).text().substring(0, found.at)));
        }
        return new Reply(reply.id(), reply.model(), kept, Stop.SEQUENCE, found.text, reply.spent());
      }
      kept.add(part);
    }
    return reply;
  }

  @Override
  public List<Piece> read(byte[] bytes) {
    return cut(reader.read(bytes));
  }

  @Override
  public List<Piece> end() {
    return cut(reader.end());
  }

  @Override
  public Reply.Spent spent() {
    return reader.spent();
  }

  private List<Piece> cut(List<Piece> pieces) {
    var kept = new ArrayList<Piece>();
    for (var piece : pieces) {
      switch (piece) {
        case Piece.Text(var text) when stop == null -> text(text, kept);
        case Piece.Ended(_, _, var usage) when stop != null ->
            kept.add(new Piece.Ended(Stop.SEQUENCE, stop, usage));
        case Piece.Failed _ when stop != null -> kept.add(piece);
        default -> {
          if (stop == null) {
            show(held, kept);
            held = "";
            kept.add(piece);
          }
        }
      }
    }
    return kept;
  }

  private void text(String text, List<Piece> kept) {
    var all = held + text;
    var found = first(all, stops);
    if (found != null) {
      stop = found.text;
      show(all.substring(0, found.at), kept);
      return;
    }
    int from = all.length() - longestBeginning(all);
    show(all.substring(0, from), kept);
    held = all.substring(from);
  }

  private static void show(String text, List<Piece> kept) {
    if (!text.isEmpty()) {
      kept.add(new Piece.Text(text));
    }
  }

  /// How much at the end of a text may be the beginning of a stop text.
  private int longestBeginning(String text) {
    int longest = 0;
    for (var each : stops) {
      for (int length = Math.min(each.length() - 1, text.length()); length > longest; length--) {
        if (each.startsWith(text.substring(text.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }

  /// The stop text that is complete first, of those that end together the longest.
  private static @Nullable Found first(String text, List<String> stops) {
    return stops.stream()
        .map(stop -> new Found(text.indexOf(stop), stop))
        .filter(found -> found.at >= 0)
        .min(Comparator.comparingInt(Found::end).thenComparingInt(Found::at))
        .orElse(null);
  }

  /// Where a stop text stands.
  private record Found(int at, String text) {
    int end() {
      return at + text.length();
    }
  }
}
