package io.faregate.journal;

import io.faregate.ledger.Entry;
import io.faregate.ledger.Position;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a journal in order, archived segments included, up to what has been written when it is
/// asked. For one thread; others may append meanwhile.
public final class JournalReader {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

  private final FileJournal journal;
  private final SegmentCatalog catalog;
  private final boolean acceptLoss;
  private final EntryReader entries = new EntryReader();
  private boolean wanted;
  private long lostUpTo;

  JournalReader(FileJournal journal, SegmentCatalog catalog, boolean acceptLoss) {
    this.journal = journal;
    this.catalog = catalog;
    this.acceptLoss = acceptLoss;
  }

  /// Hands over the entries from a position on, up to the end of the journal.
  ///
  /// @param each takes an entry, and says whether it wants another
  /// @return the position behind the last one that was taken
  /// @throws JournalException if a segment cannot be read
  public Position read(Position from, Predicate<? super Entry> each) {
    wanted = true;
    var end = journal.end();
    var at = from;
    while (wanted && at.compareTo(end) < 0) {
      var found = catalog.from(at.segment());
      if (found.isEmpty() || found.get().number() > end.segment()) {
        break;
      }
      var segment = found.get();
      var offset = segment.number() == at.segment() ? at.offset() : 0;
      at = new Position(segment.number(), Math.max(offset, SegmentHeader.BYTES));
      var stop = segment.number() == end.segment() ? (int) end.offset() : segment.end();
      at = read(at, stop, each);
      if (wanted && segment.number() < end.segment()) {
        // What has a segment behind it is complete; the one that was the last may have grown.
        at = after(at);
      }
    }
    return at;
  }

  /// The last segment of which a rest was left out, since its loss is accepted; 0 for none so far.
  long lostUpTo() {
    return lostUpTo;
  }

  /// Reads one segment up to `stop` or its end, and returns how far it came.
  private Position read(Position from, int stop, Predicate<? super Entry> each) {
    var at = (int) from.offset();
    try (var view = catalog.open(from.segment())) {
      var content = view.content();
      while (wanted && at != stop && !Frame.ends(content, at)) {
        var frame = Frame.at(content, at);
        wanted = each.test(entries.read(view, frame));
        at = frame.next();
      }
    } catch (Frame.TornException e) {
      if (!acceptLoss) {
        throw new JournalException(
            "segment %d of the journal has %s at offset %d: restore it, or start with %s"
                .formatted(from.segment(), e.getMessage(), at, "--accept-journal-loss"),
            e);
      }
      lostUpTo = Math.max(lostUpTo, from.segment());
      LOG.atWarn()
          .addKeyValue("segment", from.segment())
          .addKeyValue("offset", at)
          .addKeyValue("why", e.getMessage())
          .log("the rest of a damaged segment is left out, its loss is accepted");
    } catch (IOException e) {
      throw new JournalException("cannot read segment " + from.segment() + " of the journal", e);
    }
    return new Position(from.segment(), at);
  }

  private Position after(Position done) {
    return catalog
        .from(done.segment() + 1)
        .map(following -> new Position(following.number(), SegmentHeader.BYTES))
        .orElse(done);
  }
}
