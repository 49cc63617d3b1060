package io.faregate.main;

import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;

/// Where a port is to be opened, and what can be changed if that does not work.
///
/// @param hostOption what names the host
/// @param portOption what names the port
record Address(String host, int port, String hostOption, String portOption) {
  /// Waits until it is open. Never on an event loop.
  ///
  /// @throws CliException if the port is taken or not ours to open, or the host not of this machine
  <T> T listening(Future<T> opening) {
    try {
      return Wiring.await(opening);
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof IOException refused) {
        throw new CliException(
            ExitCode.UNREACHABLE,
            "cannot listen on %s:%d (%s); %s"
                .formatted(host, port, refused.getMessage(), mend(refused)),
            refused);
      }
      throw failure;
    }
  }

  private String mend(IOException refused) {
    var text = String.valueOf(refused.getMessage());
    return refused instanceof UnknownHostException || text.contains("assign requested address")
        ? "name an address of this machine with " + hostOption
        : "stop what uses it, or choose another one with " + portOption;
  }
}
