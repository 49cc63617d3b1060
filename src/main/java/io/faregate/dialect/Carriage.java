package io.faregate.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one attempt is carried to its provider, and what comes back of it to the client: as it came
/// where both speak alike, translated where they do not. It belongs to one attempt, and nothing
/// here waits.
public interface Carriage {
  /// The path below the provider's base URL.
  String path();

  /// Headers that the provider's API asks for besides its key, by their names in lower case; one
  /// that the client has sent goes before.
  Map<String, String> headers();

  /// The bytes to send; they must not be changed.
  byte[] body();

  /// Whether both sides speak alike, so that bytes and headers go through as they come.
  boolean straight();

  /// A reader of the streamed answer whose output is for the client; null if that content type is
  /// none of a stream.
  @Nullable StreamReader stream(String contentType);

  /// Reads a whole answer, or the error that came in its place.
  ///
  /// @throws DialectException if it is neither
  Carried answer(byte[] body);

  /// What a whole answer that cannot be read, or not be carried, says of its usage.
  Answer spent(byte[] body);

  /// Reads an error of the provider, by its status and body.
  Refused refused(int status, byte[] body);

  /// What of the call could not be carried along, for its client.
  List<String> warnings();

  /// A whole answer.
  ///
  /// @param answer what it said
  /// @param body its bytes for the client
  /// @param refused the provider's error that came in place of any content, as an answer of its
  ///   own; null if there is none. Its meaning and its status are those that its words have.
  @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
  record Carried(Answer answer, byte[] body, @Nullable Refused refused) {}

  /// An error of the provider.
  ///
  /// @param meaning for the chain
  /// @param status for the client
  /// @param body for the client: the provider's own bytes if both speak alike
  @SuppressWarnings("ArrayRecordComponent") // handed on and never compared
  record Refused(ProviderError meaning, int status, byte[] body) {
    /// The same error, of which more is known.
    public Refused as(ProviderError other) {
      return new Refused(other, status, body);
    }
  }
}
