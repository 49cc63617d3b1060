package io.faregate.dialect;

import org.jspecify.annotations.Nullable;

/// Reads a provider's stream in passing: tells what of it goes to the client, and what it said.
public interface StreamReader {
  /// Takes a piece as it came from the provider.
  ///
  /// @return the bytes to relay now, which may be none: events before the first content are held
  ///   back, so that an attempt that fails until then can be tried again unseen
  /// @throws DialectException if the stream is not what it should be
  byte[] relay(byte[] piece);

  /// The provider has closed its stream.
  ///
  /// @return the bytes that are still to be relayed
  default byte[] end() {
    return new byte[0];
  }

  /// An error of ours at the end of the stream; `dialect` is the client's.
  default byte[] error(Failure failure, Dialect dialect) {
    return dialect.streamError(failure);
  }

  /// The provider's error that came in place of any content, as an answer of its own; null if there
  /// is none. Its meaning and its status are those that its words have.
  Carriage.@Nullable Refused refused();

  /// Whether content has been relayed: from then on nothing is retried.
  boolean started();

  /// What the stream has said so far.
  Answer answer();
}
