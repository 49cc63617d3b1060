package io.faregate.cli.port;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What runs until it is told to stop. Each method answers with the exit code once it has stopped.
public interface Servers {
  /// Runs gateway and console.
  int serve(ServeOptions options);

  /// Runs them with simulated providers and example traffic.
  int demo(DemoOptions options);

  /// Runs a simulated provider alone.
  int sim(SimOptions options);

  /// Starts them with simulated providers and no traffic, for a call or two. It is closed by
  /// whoever asked.
  Stage stage();

  /// Faregate as it runs, on ports of this machine that were free.
  interface Stage extends AutoCloseable {
    /// Where calls go, without a path.
    URI url();

    /// The admin port.
    URI admin();

    /// Waits until all calls that have ended are on record.
    ///
    /// @return false if that takes longer
    boolean recorded(Duration patience);

    @Override
    void close();
  }

  /// What to serve.
  ///
  /// @param data the folder of journal and store
  /// @param port of calls; null leaves it to the configuration
  /// @param adminPort of console and API; null leaves it to the configuration
  /// @param acceptJournalLoss whether to go on without what a damaged journal has lost
  record ServeOptions(
      Path config,
      Path data,
      @Nullable Integer port,
      @Nullable Integer adminPort,
      boolean acceptJournalLoss) {}

  /// How to show Faregate.
  ///
  /// @param data the folder of journal and store; null is a temporary one
  record DemoOptions(@Nullable Path data, int port, int adminPort) {}

  /// The provider to play.
  ///
  /// @param seed the same seed gives the same answers
  /// @param firstByte how long it waits before an answer begins
  /// @param perToken how long it takes to write each token
  /// @param answerTokens how long an answer is
  /// @param script a file of conversations written in advance; null is none
  record SimOptions(
      String name,
      String host,
      int port,
      long seed,
      Duration firstByte,
      Duration perToken,
      int answerTokens,
      @Nullable Path script) {}
}
