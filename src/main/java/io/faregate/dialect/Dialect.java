package io.faregate.dialect;

import io.faregate.call.Protocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one kind of client says and expects to hear, and what a provider of its kind answers.
/// Everything is bytes in and values out, or the other way round; nothing here waits.
public interface Dialect {
  /// The protocol.
  Protocol protocol();

  /// Reads the body of a call.
  ///
  /// @throws DialectException if it is not what it should be
  Body read(byte[] body);

  /// Reads a whole answer.
  ///
  /// @param asked what its client asked for
  /// @throws DialectException if it is not what it should be
  Answer answer(byte[] body, Asked asked);

  /// A reader for one streamed answer.
  ///
  /// @param asked what its client asked for
  StreamReader stream(Asked asked);

  /// The body of an error of ours.
  byte[] error(Failure failure);

  /// An error of ours at the end of a stream that had begun.
  byte[] streamError(Failure failure);

  /// The error that a whole answer with a status of success brings in place of any content, as an
  /// answer of its own; null if it brings none.
  ///
  /// @throws DialectException if it is not what it should be
  Carriage.@Nullable Refused errorIn(byte[] answer);

  /// What a provider's error means, by its status and body.
  ProviderError providerError(int status, byte[] body);

  /// The status of an error of ours, where this dialect has another one for it than HTTP.
  default int status(Failure failure) {
    return failure.status();
  }

  /// What a stream says when there is nothing to say, so that nobody on its way takes it for dead.
  byte[] keepAlive();

  /// The path below a provider's base URL.
  String path();

  /// Headers that a provider wants besides its key, by their names in lower case.
  default Map<String, String> headers() {
    return Map.of();
  }
}
