package io.faregate.gateway;

import java.util.List;

/// What a client hears of its call. Everything happens on the event loop of the call.
public interface Reply {
  /// Answers at once and whole.
  void whole(int status, List<Header> headers, byte[] body);

  /// Begins an answer that comes in pieces.
  void begin(int status, List<Header> headers);

  /// Hands on a piece.
  ///
  /// @return whether the client takes more; if not, [#whenReady] tells when it does, and one that
  ///   takes nothing for too long has left
  boolean piece(byte[] bytes);

  /// Ends an answer that came in pieces.
  void end();

  /// Hands on a last piece that tells what went wrong, and closes the connection without the end
  /// that a whole answer has: a client that overlooks the piece cannot take the answer for whole.
  void breakOff(byte[] last);

  /// Runs the action once the client takes more.
  void whenReady(Runnable action);

  /// Runs the action when the client leaves before its answer has ended.
  void whenGone(Runnable action);
}
