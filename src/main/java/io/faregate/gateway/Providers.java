package io.faregate.gateway;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where attempts are sent. Everything happens on the event loop that sends.
public interface Providers {
  /// Sends one attempt; what comes back is told to the listener.
  Sending send(Outbound outbound, Listener listener);

  /// An attempt under way.
  interface Sending {
    /// Whether the provider may have seen the request.
    boolean sent();

    /// Whether its provider has another key that is not rate-limited: then such an answer tells
    /// nothing of the model.
    default boolean leavesAnotherKey() {
      return false;
    }

    /// Takes note that its provider has limited its key with a status of success, of which only who
    /// reads the body can know.
    ///
    /// @param pause how long it asked to be left alone, or null
    default void limited(@Nullable Duration pause) {}

    /// Gives it up: the connection upstream is closed at once, and the listener hears nothing more.
    void cancel();

    /// Asks for no more pieces until [#resume()].
    void pause();

    /// Asks for pieces again.
    void resume();
  }

  /// Hears what comes back: `failed`, or `head`, pieces, and then `end` or `failed`.
  interface Listener {
    /// Status and headers have come.
    void head(int status, List<Header> headers);

    /// A piece of the body has come.
    void piece(byte[] bytes);

    /// The body has come to its end.
    void end();

    /// Nothing more will come.
    ///
    /// @param sent whether the provider may have seen the request
    /// @param message what failed, without anything secret
    void failed(boolean sent, String message);
  }
}
