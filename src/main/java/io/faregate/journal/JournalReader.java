package io.faregate.journal;

import io.faregate.ledger.Entry;
import io.faregate.ledger.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a journal in order, archived segments included, up to what has been written when it is
/// asked. For one thread; others may append meanwhile.
public final class JournalReader {
  private final FileJournal journal;
  private final SegmentCatalog catalog;
  private final boolean acceptLoss;
  private byte[] payload = new byte[2048];

  JournalReader(FileJournal journal, SegmentCatalog catalog, boolean acceptLoss) {
    this.journal = journal;
    this.catalog = catalog;
    this.acceptLoss = acceptLoss;
  }

  /// Entries in order, and the position behind the last one.
  public record Batch(List<Entry> entries, Position next) {
    public Batch {
      entries = List.copyOf(entries);
    }
  }

  /// The entries from a position on, at most `limit`; none at the end of the journal.
  ///
  /// @throws JournalException if a segment cannot be read
  public Batch read(Position from, int limit) {
    var entries = new ArrayList<Entry>();
    var end = journal.end();
    var at = from;
    while (entries.size() < limit && at.compareTo(end) < 0) {
      var found = catalog.from(at.segment());
      if (found.isEmpty() || found.get().number() > end.segment()) {
        break;
      }
      var segment = found.get();
      var offset = segment.number() == at.segment() ? at.offset() : 0;
      at = new Position(segment.number(), Math.max(offset, SegmentHeader.BYTES));
      var stop = segment.number() == end.segment() ? (int) end.offset() : segment.end();
      at = read(at, stop, entries, limit);
      if (segment.number() < end.segment() && entries.size() < limit) {
        // What has a segment behind it is complete; the one that was the last may have grown.
        at = after(at);
      }
    }
    return new Batch(entries, at);
  }

  /// Reads one segment up to `stop` or its end, and returns how far it came.
  private Position read(Position from, int stop, List<Entry> entries, int limit) {
    var at = (int) from.offset();
    try (var view = catalog.open(from.segment())) {
      var content = view.content();
      while (entries.size() < limit && at != stop && !Frame.ends(content, at)) {
        var frame = Frame.at(content, at);
        entries.add(decode(view, frame));
        at = frame.next();
      }
    } catch (Frame.TornException e) {
      if (!acceptLoss) {
        throw new JournalException(
            "segment %d of the journal has %s at offset %d: restore it, or start with %s"
                .formatted(from.segment(), e.getMessage(), at, "--accept-journal-loss"),
            e);
      }
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

  private Entry decode(SegmentView view, Frame frame) {
    if (payload.length < frame.payloadBytes()) {
      payload = new byte[frame.payloadBytes()];
    }
    view.content().get(frame.payloadAt(), payload, 0, frame.payloadBytes());
    return EntryDecoder.decode(payload, 0, frame.payloadBytes());
  }
}
