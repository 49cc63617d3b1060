package io.faregate.ledger;

/// A place in the journal: everything before it has been read. Segments count from 1.
public record Position(long segment, long offset) implements Comparable<Position> {
  /// Before the first record.
  public static final Position START = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    var bySegment = Long.compare(segment, other.segment);
    return bySegment == 0 ? Long.compare(offset, other.offset) : bySegment;
  }
}
