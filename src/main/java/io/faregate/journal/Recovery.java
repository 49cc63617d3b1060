package io.faregate.journal;

import java.util.List;

/// What opening a journal found and did.
///
/// @param entries read from the segments that are not archived
/// @param bytesCut of a torn tail; they are kept in a file beside the segment
/// @param cutAt the file and offset of the cut, empty when nothing was cut
/// @param openAttempts attempts that a crash cut off, now ended as
///   [io.faregate.call.Ending#CRASHED]
/// @param openCalls calls that a crash cut off, now ended with status 0
/// @param lost what was given up because `acceptLoss` is set, one sentence each
/// @param lostUpTo the last segment of which something was given up, 0 for none
public record Recovery(
    long entries,
    long bytesCut,
    String cutAt,
    int openAttempts,
    int openCalls,
    List<String> lost,
    long lostUpTo) {
  public Recovery {
    lost = List.copyOf(lost);
  }

  /// Whether anything was not as a stop in order leaves it.
  public boolean repaired() {
    return bytesCut > 0 || openAttempts > 0 || openCalls > 0 || !lost.isEmpty();
  }
}
