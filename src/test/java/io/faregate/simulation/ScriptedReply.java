package io.faregate.simulation;

import io.faregate.gateway.Header;
import io.faregate.gateway.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one client hears. It fails the run when it hears something after the end.
final class ScriptedReply implements Reply {
  private final String call;
  private @Nullable Runnable gone;
  private boolean begun;
  private boolean over;

  ScriptedReply(String call) {
    this.call = call;
  }

  /// The client leaves, unless it has its answer.
  void leave() {
    if (!over) {
      over = true;
      if (gone != null) {
        gone.run();
      }
    }
  }

  /// The process that would have answered has died.
  void forget() {
    over = true;
  }

  void assertAnswered() {
    if (!over) {
      throw new AssertionError(call + " was never answered");
    }
  }

  @Override
  public void whole(int status, List<Header> headers, byte[] body) {
    if (begun) {
      throw new AssertionError(call + " has two answers");
    }
    over = true;
  }

  @Override
  public void begin(int status, List<Header> headers) {
    if (begun) {
      throw new AssertionError(call + " begins twice");
    }
    begun = true;
  }

  @Override
  public boolean piece(byte[] bytes) {
    if (!begun) {
      throw new AssertionError(call + " has a piece before its beginning");
    }
    return true;
  }

  @Override
  public void end() {
    over = true;
  }

  @Override
  public void breakOff(byte[] last) {
    var _ = piece(last);
    over = true;
  }

  @Override
  public void whenReady(Runnable action) {
    action.run();
  }

  @Override
  public void whenGone(Runnable action) {
    gone = action;
  }
}
