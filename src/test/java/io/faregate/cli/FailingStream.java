package io.faregate.cli;

import java.io.IOException;
import java.io.OutputStream;

/// Where nothing can be written, for a reason in the words of the system.
final class FailingStream extends OutputStream {
  private final String reason;

  FailingStream(String reason) {
    this.reason = reason;
  }

  @Override
  public void write(int octet) throws IOException {
    throw new IOException(reason);
  }
}
