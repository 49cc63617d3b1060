package io.faregate.simulator;

import io.faregate.simulator.tongue.UsageHabit;
import java.time.Duration;

/// One way in which a provider misbehaves. Events of a stream are counted from 1, the one that only
/// opens the message included; plain answers are misshapen in the nearest way.
public sealed interface Fault {
  /// Nothing is wrong: a place holder in a [Script].
  record None() implements Fault {}

  /// An error status. `body` is sent as it is; an empty one is the dialect's error for it.
  /// `retryAfterSeconds` below 0 sends no `retry-after`; `billed` charges the whole prompt.
  record Status(int status, String body, long retryAfterSeconds, boolean billed) implements Fault {
    public Status {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("not an error status: " + status);
      }
    }
  }

  /// The 400 of a prompt that is too long, whatever the prompt's size; not billed.
  record ContextExceeded() implements Fault {}

  /// A wait beyond the latency of the settings.
  record Delay(Place place, Duration duration) implements Fault {
    public Delay {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("a delay cannot be negative: " + duration);
      }
    }
  }

  /// Where a [Delay] waits.
  enum Place {
    HEAD,
    FIRST_EVENT,
    EVERY_EVENT
  }

  /// The connection is closed before any byte of an answer; `billed` charges the whole prompt.
  record Reset(boolean billed) implements Fault {}

  /// The connection stays open and nothing comes. Whoever leaves is charged the prompt.
  record Silence() implements Fault {}

  /// The connection is closed after that many events, or in the middle of a plain body. What was
  /// produced is billed, which for a plain answer is all of it. Longer than the answer: no fault.
  record CutAfterEvents(int events) implements Fault {}

  /// The same after that many bytes of the body.
  record CutAfterBytes(int bytes) implements Fault {}

  /// One event, or the plain body, is cut-off JSON; the token in it is billed all the same.
  record Malformed(int event) implements Fault {}

  /// Usage is reported otherwise than agreed.
  record OddUsage(UsageHabit habit) implements Fault {}

  /// Status 200 with an error object: as the body, or in a stream after that many content events,
  /// which are billed. Without any the call is not billed.
  record ErrorInside(int contentEvents) implements Fault {}

  /// The stream ends in order, but without its terminal event: `[DONE]`, `response.completed`,
  /// `message_stop`, the chunk with the finish reason, `metadata`.
  record DoneMissing() implements Fault {}

  /// The stream ends in order after that many events, as if nothing were missing. What was produced
  /// is billed. Plain answers, and streams that are not longer, meet no fault.
  record SilentEnd(int events) implements Fault {}

  /// An event of that many bytes that says nothing, after the first one; in a plain answer as many
  /// spaces.
  record HugeEvent(int bytes) implements Fault {}

  /// The body goes out in pieces of that many bytes, which split characters and events.
  record Pieces(int bytes) implements Fault {
    public Pieces {
      if (bytes < 1) {
        throw new IllegalArgumentException("pieces have at least one byte");
      }
    }
  }

  /// After the end of a good answer comes an error as raw JSON, without any framing.
  record TrailingError() implements Fault {}

  /// The `content-type` of a good answer names something else.
  record ContentType(String value) implements Fault {}

  /// An error status with the body of the dialect, not billed.
  static Fault status(int status) {
    return new Status(status, "", -1, false);
  }

  /// A wait before the status line.
  static Fault delay(Duration duration) {
    return new Delay(Place.HEAD, duration);
  }

  /// A stream that breaks off after that many events.
  static Fault cut(int events) {
    return new CutAfterEvents(events);
  }
}
