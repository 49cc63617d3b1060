package io.faregate.gateway.health;

import io.faregate.call.Ending;
import io.faregate.dialect.ProviderError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the end of one attempt says of the health of its model.
public sealed interface Sign {
  /// It answered; also with an error that is the client's own, or an input too long for it.
  record Served() implements Sign {}

  /// It did not do its work. `why` is short and for reports: `timeout`, `status 503`.
  record Failed(String why) implements Sign {}

  /// It wants fewer calls, and says for how long, or not.
  record Limited(@Nullable Duration retryAfter) implements Sign {}

  /// Nobody knows: the client left before there was an end, or only a key was limited.
  record Nothing() implements Sign {}

  /// The sign of an attempt that is over.
  ///
  /// @param status of the provider's answer, or 0 when there was none
  /// @param error what the provider's error means for the chain; null when it reported none
  /// @param retryAfter how long it asked to be left alone, or null
  static Sign of(
      Ending ending, int status, @Nullable ProviderError error, @Nullable Duration retryAfter) {
    return switch (ending) {
      case ABANDONED, CRASHED -> new Nothing();
      case ANSWERED, NO_USAGE, REFUSED, REFUSED_BILLED -> ofAnswer(status, error, retryAfter);
      case UNSENT -> new Failed("no connection");
      case LOST -> new Failed("no answer");
      case CUT ->
          error == null || error == ProviderError.PASSING
              ? new Failed("answer cut off")
              : ofAnswer(status, error, retryAfter);
    };
  }

  private static Sign ofAnswer(
      int status, @Nullable ProviderError error, @Nullable Duration retryAfter) {
    return switch (error) {
      case null -> new Served();
      case CLIENTS, CONTEXT_LENGTH, FILTERED -> new Served();
      case RATE_LIMITED -> new Limited(retryAfter);
      case KEY_LIMITED -> new Nothing();
      case PASSING -> new Failed("status " + status);
      case OURS -> new Failed("status " + status + ", ours to mend");
    };
  }
}
