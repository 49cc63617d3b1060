package io.faregate.simulator;

import io.faregate.simulator.tongue.UsageHabit;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one call is going to be treated: all its faults put together. Where two of a kind meet, the
/// last one counts. Filled by [#of], read-only afterwards.
final class Conduct {
  /// What comes instead of an answer.
  enum Opening {
    ANSWER,
    STATUS,
    RESET,
    SILENCE
  }

  Opening opening = Opening.ANSWER;
  Fault.@Nullable Status status;
  boolean contextExceeded;
  boolean billed;
  Duration headDelay = Duration.ZERO;
  Duration firstEventDelay = Duration.ZERO;
  Duration everyEventDelay = Duration.ZERO;
  int cutEvents = Integer.MAX_VALUE;
  int cutBytes = Integer.MAX_VALUE;
  int malformedEvent = Integer.MAX_VALUE;
  int errorAfter = Integer.MAX_VALUE;
  int endEvents = Integer.MAX_VALUE;
  int hugeBytes;
  int pieceBytes = Integer.MAX_VALUE;
  boolean trailingError;
  UsageHabit usageHabit = UsageHabit.USUAL;
  boolean doneMissing;
  @Nullable String contentType;

  private Conduct() {}

  static Conduct of(List<Fault> scripted, List<Fault> asked) {
    var conduct = new Conduct();
    scripted.forEach(conduct::add);
    asked.forEach(conduct::add);
    return conduct;
  }

  private void add(Fault fault) {
    switch (fault) {
      case Fault.None _ -> {}
      case Fault.Status answer -> {
        opening = Opening.STATUS;
        status = answer;
        billed = answer.billed();
      }
      case Fault.ContextExceeded _ -> contextExceeded = true;
      case Fault.Delay delay -> add(delay);
      case Fault.Reset reset -> {
        opening = Opening.RESET;
        billed = reset.billed();
      }
      case Fault.Silence _ -> opening = Opening.SILENCE;
      case Fault.CutAfterEvents(int events) -> cutEvents = events;
      case Fault.CutAfterBytes(int bytes) -> cutBytes = bytes;
      case Fault.Malformed(int event) -> malformedEvent = event;
      case Fault.OddUsage(UsageHabit habit) -> usageHabit = habit;
      case Fault.ErrorInside(int contentEvents) -> errorAfter = contentEvents;
      case Fault.DoneMissing _ -> doneMissing = true;
      case Fault.SilentEnd(int events) -> endEvents = events;
      case Fault.HugeEvent(int bytes) -> hugeBytes = bytes;
      case Fault.Pieces(int bytes) -> pieceBytes = bytes;
      case Fault.TrailingError _ -> trailingError = true;
      case Fault.ContentType(String value) -> contentType = value;
    }
  }

  private void add(Fault.Delay delay) {
    switch (delay.place()) {
      case HEAD -> headDelay = delay.duration();
      case FIRST_EVENT -> firstEventDelay = delay.duration();
      case EVERY_EVENT -> everyEventDelay = delay.duration();
    }
  }

  /// Whether an error object follows the content, or replaces it.
  boolean errorInside() {
    return errorAfter != Integer.MAX_VALUE;
  }

  boolean cut() {
    return cutEvents != Integer.MAX_VALUE || cutBytes != Integer.MAX_VALUE;
  }
}
