package io.faregate.admin;

import io.faregate.audit.SampleCalls;
import io.faregate.ledger.Entries;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An admin port on a real socket over the sample calls and limits, three hours after they began,
/// for the tests of whoever asks it.
public final class SampleServer implements AutoCloseable {
  private static final Instant NOW = SampleCalls.AT.plus(Duration.ofHours(3));

  private final Vertx vertx = Vertx.vertx();
  private final AdminPort port;

  /// Starts on any free port.
  public SampleServer() {
    this(0);
  }

  private SampleServer(int at) {
    var ledger = new MemoryLedger();
    ledger.store(
        Entries.of(
            List.of(
                SampleCalls.refused(),
                SampleCalls.answered(),
                SampleCalls.call(),
                SampleCalls.lost()),
            new Position(1, 1)));
    var sources =
        new Sources(
            () -> Optional.of(ledger),
            SampleServer::status,
            () ->
                new PolicyState(
                    "p1", SampleLimits.ZONE, SampleCalls.AT, true, List.of(), List.of()),
            new SampleLimits(),
            () -> "",
            InstantSource.fixed(NOW));
    port = new AdminPort(new AdminPort.Settings("127.0.0.1", at, 8080, null), sources);
    var _ =
        vertx
            .deployVerticle(port)
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  /// Serves until the process ends, to be looked at.
  ///
  /// @param arguments the port
  public static void main(String[] arguments) {
    var _ = new SampleServer(Integer.parseInt(arguments[0]));
  }

  /// Its address.
  public String url() {
    return "http://127.0.0.1:" + port.port();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Status status() {
    return new Status(
        "0.1.0",
        SampleCalls.AT,
        new Status.Journal(true, "", 16, 0, 0),
        new Status.Store(false, "", 0, 0, null),
        3,
        1,
        2,
        false);
  }
}
