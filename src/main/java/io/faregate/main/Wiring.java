package io.faregate.main;

import io.faregate.config.Configuration;
import io.faregate.config.Settings;
import io.faregate.gateway.Gateway;
import io.faregate.gateway.ScaleLearner;
import io.faregate.http.DataPort;
import io.faregate.http.Drain;
import io.faregate.http.VertxTime;
import io.faregate.journal.FileJournal;
import io.faregate.journal.StoreWriter;
import io.faregate.ledger.Ledger;
import io.faregate.provider.HttpProviders;
import io.faregate.store.duckdb.DuckDbLedger;
import io.faregate.telemetry.CallObserver;
import io.faregate.telemetry.Gauges;
import io.faregate.telemetry.LineAppender;
import io.faregate.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows everybody: makes what serves calls, in order, and closes it in reverse.
public final class Wiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final int BODY_BYTES = 32 * 1024 * 1024;
  private static final int BODY_MILLIS = 30_000;
  private static final Duration A_WHILE = Duration.ofSeconds(20);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final InstantSource clock;
  private final InForce inForce;
  private final Drain drain = new Drain();
  private final AtomicLong underWay = new AtomicLong();
  private final ScaleLearner learner = new ScaleLearner();
  private final SecureRandom seeds = new SecureRandom();
  private final FileJournal journal;
  private final StoreWriter store;
  private final Vertx vertx;
  private final Metrics metrics;
  private final CallObserver observer;
  private final int port;

  /// Starts serving.
  ///
  /// @param data directory of journal and store; made if it is not there
  /// @throws io.faregate.journal.JournalException if another process has the journal, or it is
  ///   damaged
  public Wiring(Configuration configuration, Path data, InstantSource clock) {
    this.clock = clock;
    inForce = new InForce(configuration, List.of(), clock);
    var settings = configuration.settings();
    journal = keep(FileJournal.open(journal(data, settings.journal()), clock));
    var ledger = DuckDbLedger.Settings.of(data.resolve("ledger.duckdb"));
    var rows = settings.store().keep() == null ? FOREVER : settings.store().keep();
    store = keep(StoreWriter.start(journal, () -> DuckDbLedger.open(ledger), rows, clock));
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops()));
    opened.push(() -> await(vertx.close()));
    metrics = keep(new Metrics(gauges()));
    observer = new CallObserver(metrics, underWay);
    port = listen(settings.server());
  }

  /// The port that serves calls.
  public int port() {
    return port;
  }

  /// What is in force, and takes a changed file.
  InForce inForce() {
    return inForce;
  }

  /// The loops on which everything happens.
  Vertx vertx() {
    return vertx;
  }

  /// Waits until everything journaled is in the store.
  boolean stored(Duration patience) {
    return store.flush(patience);
  }

  /// What the store holds; empty while it cannot be opened.
  Optional<Ledger> ledger() {
    return store.ledger();
  }

  /// Lets no new call in and waits for those under way, but no longer than that.
  ///
  /// @return whether all have ended
  public boolean drain(Duration patience) {
    try {
      drain
          .begin()
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException late) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Closes what was opened, the last first. One that fails does not keep the others open.
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      var next = opened.pop();
      try {
        next.close();
      } catch (Exception failure) {
        LOG.atError()
            .addKeyValue("what", next.getClass().getSimpleName())
            .setCause(failure)
            .log("close");
      }
    }
  }

  private int listen(Settings.Server server) {
    var first = dataPort(server.host(), server.port());
    await(vertx.deployVerticle(first));
    for (int i = 1; i < loops(); i++) {
      await(vertx.deployVerticle(dataPort(server.host(), first.port())));
    }
    return first.port();
  }

  private DataPort dataPort(String host, int port) {
    var time = new VertxTime(vertx, clock);
    var gateway =
        new Gateway(
            inForce::policy,
            new HttpProviders(vertx, inForce::endpoints),
            journal,
            observer,
            time,
            learner);
    return new DataPort(
        new DataPort.Settings(host, port, BODY_BYTES, BODY_MILLIS),
        inForce::policy,
        gateway,
        time,
        drain,
        new SplittableRandom(seeds.nextLong()));
  }

  private Gauges gauges() {
    return new Gauges(
        () -> journal.status().bytes(),
        () -> journal.status().ready(),
        () -> store.status().lagSeconds(),
        underWay::get,
        () -> 0,
        () -> inForce.state().lastReadingTaken(),
        () -> inForce.state().loadedAt().getEpochSecond(),
        LineAppender::dropped);
  }

  private static FileJournal.Settings journal(Path data, Settings.Journal settings) {
    var usual = FileJournal.Settings.of(data.resolve("journal"));
    var force = settings.forcesEach() ? usual.force() : settings.force();
    return new FileJournal.Settings(
        usual.directory(),
        usual.segmentBytes(),
        settings.maxBytes(),
        force,
        usual.archiveKeep(),
        false);
  }

  /// One loop for each core.
  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  private static void await(Future<?> future) {
    var _ =
        future
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(A_WHILE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }
}
