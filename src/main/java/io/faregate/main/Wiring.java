package io.faregate.main;

import io.faregate.admin.AdminPort;
import io.faregate.admin.Limits;
import io.faregate.admin.PolicyState;
import io.faregate.admin.Sources;
import io.faregate.admin.Status;
import io.faregate.budget.Book;
import io.faregate.config.Configuration;
import io.faregate.config.Settings;
import io.faregate.config.yaml.Problem;
import io.faregate.gateway.Books;
import io.faregate.gateway.Gateway;
import io.faregate.gateway.ScaleLearner;
import io.faregate.gateway.health.Health;
import io.faregate.gateway.health.RetryBudget;
import io.faregate.gateway.session.Sessions;
import io.faregate.http.DataPort;
import io.faregate.http.Drain;
import io.faregate.http.KeyPace;
import io.faregate.http.VertxTime;
import io.faregate.journal.FileJournal;
import io.faregate.journal.Recovery;
import io.faregate.journal.StoreWriter;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.StoreException;
import io.faregate.provider.HttpProviders;
import io.faregate.store.duckdb.DuckDbLedger;
import io.faregate.telemetry.CallObserver;
import io.faregate.telemetry.Gauges;
import io.faregate.telemetry.LineAppender;
import io.faregate.telemetry.Metrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows everybody: makes what serves calls, in order, and closes it in reverse.
public final class Wiring implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  /// The store's file in the data directory.
  static final String LEDGER_FILE = "ledger.duckdb";

  static final String JOURNAL_FOLDER = "journal";

  private static final int BODY_BYTES = 32 * 1024 * 1024;
  private static final int BODY_MILLIS = 30_000;
  private static final Duration A_WHILE = Duration.ofSeconds(20);

  /// How long a report waits for the store to take what has just happened.
  private static final Duration CATCH_UP = Duration.ofSeconds(3);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final InstantSource clock;
  private final InForce inForce;
  private final Drain drain = new Drain();
  private final KeyPace pace = new KeyPace();
  private final AtomicLong underWay = new AtomicLong();
  private final ScaleLearner learner = new ScaleLearner();
  private final Health health = new Health();
  private final RetryBudget retries = new RetryBudget();
  private final Sessions sessions = new Sessions();
  private final SecureRandom seeds = new SecureRandom();
  private final FileJournal journal;
  private final StoreWriter store;
  private final Book book;
  private final Books books;
  private final Vertx vertx;
  private final Metrics metrics;
  private final CallObserver observer;
  private final AtomicLong streams = new AtomicLong();
  private final Instant startedAt;
  private final Settings.Server server;
  private final AdminPort admin;
  private final int port;

  /// Starts serving, if the journal is whole.
  ///
  /// @param data directory of journal and store; made if it is not there
  /// @throws io.faregate.journal.JournalException if another process has the journal, or it is
  ///   damaged
  public Wiring(Configuration configuration, Path data, InstantSource clock) {
    this(configuration, data, clock, false);
  }

  /// Starts serving.
  ///
  /// @param data directory of journal and store; made if it is not there
  /// @param acceptLoss whether to go on without what a damaged journal has lost
  /// @throws io.faregate.journal.JournalException if another process has the journal, or it is
  ///   damaged and the loss is not accepted
  Wiring(Configuration configuration, Path data, InstantSource clock, boolean acceptLoss) {
    this.clock = clock;
    startedAt = clock.instant();
    inForce = new InForce(configuration, List.of(), clock);
    var settings = configuration.settings();
    journal = keep(FileJournal.open(journal(data, settings.journal(), acceptLoss), clock));
    say(journal.recovery());
    var ledger = DuckDbLedger.Settings.of(data.resolve(LEDGER_FILE));
    var rows = settings.store().keep();
    store = keep(StoreWriter.start(journal, () -> DuckDbLedger.open(ledger), rows, clock));
    opened.push(this::storeTheRest);
    // All classes come from one loader, so no event needs to set it.
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops()).setDisableTCCL(true));
    opened.push(
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS));
    metrics = keep(new Metrics(gauges()));
    observer = new CallObserver(metrics, underWay, streams, System::nanoTime);
    // Last of what takes time, for the store is being opened meanwhile.
    book = restored();
    books = new Books(book, journal);
    inForce.whenTaken(this::taken);
    server = settings.server();
    try {
      port = listen();
      admin = administer(server.admin());
    } catch (RuntimeException notOpened) {
      close();
      throw notOpened;
    }
    opened.push(new ServerFile(data, adminUrl(), startedAt));
  }

  private static void say(Recovery recovery) {
    if (!recovery.repaired()) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("cut_bytes", recovery.bytesCut())
        .addKeyValue("cut_at", recovery.cutAt())
        .addKeyValue("in_doubt_attempts", recovery.openAttempts())
        .addKeyValue("ended_calls", recovery.openCalls())
        .addKeyValue("lost", String.join("; ", recovery.lost()))
        .log("the journal was repaired");
  }

  /// Waits until the store has what the journal has, unless it fails or takes too long; what it
  /// lacks then stays in the journal for the next start.
  private void storeTheRest() {
    var end = System.nanoTime() + A_WHILE.toNanos();
    while (!store.flush(CATCH_UP) && !store.status().failing() && System.nanoTime() < end) {
      LOG.info("waiting for the store to take what the journal has");
    }
  }

  /// The book from the store, once that has all that the journal has. With limits in force it must
  /// be there: calls could pass them otherwise.
  private Book restored() {
    var policy = inForce.policy();
    var complete = store.catchUp();
    var ledger = store.ledger();
    var now = clock.instant();
    if (complete && ledger.isPresent()) {
      return RestoredBook.of(policy, ledger.get(), now);
    }
    var empty = new Book(policy, now);
    if (empty.limits(now).stream().anyMatch(state -> state.limitNanoUsd() != null)) {
      close();
      throw new StoreException(
          "no limit can be kept before the store says what is spent: " + store.status().message());
    }
    return empty;
  }

  /// Whatever limits a new policy has count from its first call on.
  private void taken(Configuration configuration) {
    var policy = configuration.policy();
    book.apply(policy);
    health.keep(policy.ladder());
    var token = configuration.settings().server().admin().token();
    if (token != null) {
      admin.changeToken(token.reveal());
    }
  }

  /// The port that serves calls.
  public int port() {
    return port;
  }

  /// The base URL for clients on this machine.
  public String url() {
    return url(server.host(), port) + "/v1";
  }

  /// The URL of console, API and metrics.
  public String adminUrl() {
    return url(server.admin().host(), admin.port());
  }

  private static String url(String host, int port) {
    return "http://%s:%d".formatted(Settings.inUrl(host, "127.0.0.1"), port);
  }

  /// What is spent, held and in doubt.
  Book book() {
    return book;
  }

  /// What is in force; it takes a changed file.
  InForce inForce() {
    return inForce;
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

  /// One data port on each event loop, all at the same address.
  private int listen() {
    var ports = new ConcurrentLinkedQueue<DataPort>();
    Supplier<DataPort> one =
        () -> {
          var made = dataPort();
          ports.add(made);
          return made;
        };
    var _ =
        new Address(server.host(), server.port(), "server.host", "--port or server.port")
            .listening(vertx.deployVerticle(one, new DeploymentOptions().setInstances(loops())));
    return ports.element().port();
  }

  private AdminPort administer(Settings.Admin settings) {
    var token = settings.token() == null ? null : settings.token().reveal();
    var sources =
        new Sources(
            this::upToDate, this::status, this::policyState, limits(), metrics::text, clock);
    var opening =
        new AdminPort(
            new AdminPort.Settings(settings.host(), settings.port(), port, token), sources);
    var _ =
        new Address(
                settings.host(),
                settings.port(),
                "server.admin.host",
                "--admin-port or server.admin.port")
            .listening(vertx.deployVerticle(opening));
    return opening;
  }

  private Limits limits() {
    return new BookLimits(book, books, this::complete, startedAt);
  }

  /// The ledger with all that has happened until now, or empty. It waits.
  private Optional<Ledger> complete() {
    return store.flush(CATCH_UP) ? store.ledger() : Optional.empty();
  }

  /// The ledger with all that has happened until now, as far as the store keeps up. It waits.
  private Optional<Ledger> upToDate() {
    if (!store.status().failing()) {
      var _ = store.flush(CATCH_UP);
    }
    return store.ledger();
  }

  private Status status() {
    var writing = journal.status();
    var storing = store.status();
    return new Status(
        Version.CURRENT,
        startedAt,
        new Status.Journal(
            writing.ready(), writing.reason(), writing.bytes(), writing.waiting(), writing.lost()),
        new Status.Store(
            storing.failing(),
            storing.message(),
            storing.lagBytes(),
            storing.lagSeconds(),
            storing.missingBefore()),
        underWay.get(),
        streams.get(),
        observer.disagreeing(),
        drain.draining());
  }

  private PolicyState policyState() {
    var state = inForce.state();
    var policy = state.configuration().policy();
    return new PolicyState(
        policy.version(),
        inForce.zone(),
        state.loadedAt(),
        state.lastReadingTaken(),
        state.problems().stream().map(Problem::toString).toList(),
        state.waiting());
  }

  private DataPort dataPort() {
    var time = new VertxTime(vertx, clock);
    var gateway =
        new Gateway(
            inForce::policy,
            new HttpProviders(vertx, inForce::endpoints, time),
            new Gateway.Shared(books, health, retries, learner, sessions),
            observer,
            time);
    return new DataPort(
        new DataPort.Settings(
            server.host(),
            server.port(),
            server.isLoopback(),
            BODY_BYTES,
            BODY_MILLIS,
            server.callers().peers(),
            server.callers().codexStatus()),
        inForce::policy,
        gateway,
        time,
        drain,
        pace,
        new SplittableRandom(seeds.nextLong()));
  }

  private Gauges gauges() {
    return new Gauges(
        () -> journal.status().bytes(),
        () -> journal.status().ready(),
        () -> journal.status().waiting(),
        () -> journal.status().lost(),
        () -> store.status().lagSeconds(),
        underWay::get,
        streams::get,
        () -> inForce.state().lastReadingTaken(),
        () -> inForce.state().loadedAt().getEpochSecond(),
        LineAppender::dropped,
        () -> new LimitGauges(book, clock).limits(),
        () -> new LimitGauges(book, clock).shares());
  }

  private static FileJournal.Settings journal(
      Path data, Settings.Journal settings, boolean acceptLoss) {
    var usual = FileJournal.Settings.of(data.resolve(JOURNAL_FOLDER));
    var force = settings.forcesEach() ? usual.force() : settings.force();
    return new FileJournal.Settings(
        usual.directory(),
        usual.segmentBytes(),
        settings.maxBytes(),
        force,
        usual.archiveKeep(),
        acceptLoss);
  }

  /// One loop for each core.
  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  /// Waits for something that is being started or stopped. Never on an event loop.
  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(A_WHILE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
