package io.faregate.cli.port;

import io.faregate.call.Demand;
import io.faregate.call.Work;

/// Reads the body of a call as the data port would.
@FunctionalInterface
public interface BodyReader {
  /// What the body asks for, and what it says it is for.
  ///
  /// @throws RuntimeException with a message for people, if it is not the body of a call
  ReadBody read(byte[] body);

  /// What a body says.
  record ReadBody(Demand demand, Work work) {}
}
