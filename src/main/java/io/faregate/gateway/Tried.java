package io.faregate.gateway;

import io.faregate.call.Reason;
import io.faregate.dialect.ProviderError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one attempt.
sealed interface Tried {
  /// A stream has been relayed to its end; nothing more can be tried.
  record Relayed(int status) implements Tried {}

  /// A stream broke off after its first content; nothing more can be tried.
  ///
  /// @param last what tells the client so
  @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
  record BrokenOff(int status, byte[] last) implements Tried {}

  /// A whole answer has come and waits to be handed on.
  record Answered(Passed answer) implements Tried {}

  /// The client left.
  record Gone() implements Tried {}

  /// No answer that is good enough. `answer` is the provider's own, if it gave one.
  record Failed(Reason reason, ProviderError error, @Nullable Passed answer) implements Tried {
    /// How long the provider asked to be left alone, or null.
    @Nullable Duration retryAfter() {
      return answer == null ? null : Header.retryAfter(answer.headers());
    }
  }

  /// A provider's answer as it came.
  @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
  record Passed(int status, List<Header> headers, byte[] body) {}
}
