import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Puts the same load on nginx, on a bare proxy of Vert.x and on Faregate in turns, and prints what
/// each costs and how long its answers take, as Markdown; then what each adds to the direct way at
/// a fixed rate.
///
/// Run by `bench/run` as `java -cp 'target/lib/*' bench/Load.java DIRECT_PORT NGINX_PORT NGINX_PID
/// BARE_PORT BARE_PID FAREGATE_PORT FAREGATE_PID SECONDS RUNS`.
final class Load {
  private static final int CONNECTIONS = 64;
  private static final int CALLS_PER_SECOND = 1_000;

  /// A JVM compiles for a while before it does what it can.
  private static final int WARM_UPS = 8;

  /// What a call costs later is part of its cost: Faregate's store takes rows every five seconds.
  private static final int SECONDS_AFTER = 6;

  /// Linux reports CPU time in ticks of 10 ms.
  private static final double MICROS_PER_TICK = 10_000;

  private static final int MOST_CALLS = 1 << 21;

  private static final String CALL =
      """
      {"model":"auto","messages":[{"role":"user","content":"%s"}]%s}\
      """;
  private static final Buffer PLAIN = Buffer.buffer(CALL.formatted("word ".repeat(395), ""));
  private static final Buffer STREAM =
      Buffer.buffer(
          CALL.formatted(
              "word ".repeat(395), ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

  /// Whom to call, and the process whose CPU time is counted with that of its children.
  record Target(String name, int port, long pid) {}

  /// One run: CPU time of the target for each call, and the clients' view.
  record Result(double cpuMicros, double callsPerSecond, double p50Millis, double p99Millis) {}

  private final HttpClient client;
  private final int seconds;
  private final int runs;

  private Load(HttpClient client, int seconds, int runs) {
    this.client = client;
    this.seconds = seconds;
    this.runs = runs;
  }

  public static void main(String[] arguments) throws Exception {
    var numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    var direct = new Target("direct", numbers[0], ProcessHandle.current().pid());
    var nginx = new Target("nginx", numbers[1], numbers[2]);
    var bare = new Target("bare Vert.x", numbers[3], numbers[4]);
    var faregate = new Target("Faregate", numbers[5], numbers[6]);
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var options = new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(60);
    var pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1);
    var load = new Load(vertx.createHttpClient(options, pool), numbers[7], numbers[8]);
    try {
      load.measure(direct, List.of(nginx, bare, faregate));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private void measure(Target direct, List<Target> proxies) throws Exception {
    System.err.println("bench: warming up");
    closedLoop(direct, PLAIN, 0);
    for (int run = 1; run <= WARM_UPS; run++) {
      for (var proxy : proxies.subList(1, proxies.size())) { // nginx needs none
        closedLoop(proxy, PLAIN, 0);
        closedLoop(proxy, STREAM, 0);
      }
    }
    compare("2 KB chat call, %d connections".formatted(CONNECTIONS), PLAIN, proxies);
    compare("50-event stream, %d connections".formatted(CONNECTIONS), STREAM, proxies);
    printAdded(Stream.concat(Stream.of(direct), proxies.stream()).toList());
    System.out.printf("%nResident memory after it all, MB:%n");
    for (var proxy : proxies) {
      System.out.printf("%s %d%n", proxy.name(), residentMegabytes(proxy));
    }
  }

  /// Runs all targets in turns, so that what else the machine does falls on all alike.
  private void compare(String title, Buffer call, List<Target> proxies) throws Exception {
    var results = lists(proxies);
    for (int run = 1; run <= runs; run++) {
      System.err.printf("bench: %s, run %d of %d%n", title, run, runs);
      for (int i = 0; i < proxies.size(); i++) {
        results.get(i).add(closedLoop(proxies.get(i), call, SECONDS_AFTER));
      }
    }
    System.out.printf("%n%s (medians of %d runs of %d s)%n%n", title, runs, seconds);
    System.out.println("| | nginx | bare Vert.x | Faregate | Faregate : nginx |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    printRow("CPU per call, µs", results, Result::cpuMicros);
    printRow("calls per second", results, Result::callsPerSecond);
    printRow("p50, ms", results, Result::p50Millis);
    printRow("p99, ms", results, Result::p99Millis);
  }

  /// The first target is the direct way, to which the others add.
  private void printAdded(List<Target> targets) throws Exception {
    var results = lists(targets);
    for (int run = 1; run <= runs; run++) {
      System.err.printf("bench: fixed rate, run %d of %d%n", run, runs);
      for (int i = 0; i < targets.size(); i++) {
        results.get(i).add(fixedRate(targets.get(i)));
      }
    }
    System.out.printf(
        "%n%,d calls per second, 2 KB (medians of %d runs)%n%n", CALLS_PER_SECOND, runs);
    System.out.println("| | p50, ms | p99, ms | p99 added, ms |\n| --- | ---: | ---: | ---: |");
    double directP99 = median(results.getFirst(), Result::p99Millis);
    for (int i = 0; i < targets.size(); i++) {
      double p50 = median(results.get(i), Result::p50Millis);
      double p99 = median(results.get(i), Result::p99Millis);
      System.out.printf(
          "| %s | %.2f | %.2f | %.2f |%n", targets.get(i).name(), p50, p99, p99 - directP99);
    }
  }

  private static List<List<Result>> lists(List<Target> targets) {
    return targets.stream().<List<Result>>map(target -> new ArrayList<>()).toList();
  }

  /// Each connection sends its next call when it has the answer to the last one.
  ///
  /// @param secondsAfter for how long the target's CPU time counts on when all have been answered
  private Result closedLoop(Target target, Buffer call, int secondsAfter) throws Exception {
    var tally = new Tally();
    long ticksBefore = cpuTicks(target);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    var loops =
        Stream.generate(() -> new Caller(target, call, tally, end).run())
            .limit(CONNECTIONS)
            .toList();
    Future.all(loops)
        .toCompletionStage()
        .toCompletableFuture()
        .get(seconds + 60L, TimeUnit.SECONDS);
    long elapsed = System.nanoTime() - start;
    waitFor(start + elapsed + TimeUnit.SECONDS.toNanos(secondsAfter));
    return tally.result(elapsed, cpuTicks(target) - ticksBefore);
  }

  /// Calls one after the other. There is one promise for all of them: a chain of futures would grow
  /// with each call.
  private final class Caller {
    private final Target target;
    private final Buffer call;
    private final Tally tally;
    private final long end;
    private final Promise<Void> over = Promise.promise();

    Caller(Target target, Buffer call, Tally tally, long end) {
      this.target = target;
      this.call = call;
      this.tally = tally;
      this.end = end;
    }

    Future<Void> run() {
      next();
      return over.future();
    }

    private void next() {
      long sent = System.nanoTime();
      if (sent >= end) {
        over.complete();
        return;
      }
      send(target, call)
          .onFailure(over::fail)
          .onSuccess(nothing -> {
            tally.add(System.nanoTime() - sent);
            next();
          });
    }
  }

  /// Calls leave when they are due, whatever became of those before; each is timed from when it was
  /// due, so that a pause counts against everyone who waited.
  private Result fixedRate(Target target) throws Exception {
    var tally = new Tally();
    int calls = CALLS_PER_SECOND * seconds;
    long gap = TimeUnit.SECONDS.toNanos(1) / CALLS_PER_SECOND;
    var answers = new ArrayList<CompletableFuture<Void>>();
    long ticksBefore = cpuTicks(target);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long due = start + i * gap;
      waitFor(due);
      answers.add(
          send(target, PLAIN)
              .onSuccess(nothing -> tally.add(System.nanoTime() - due))
              .toCompletionStage()
              .toCompletableFuture());
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    return tally.result(System.nanoTime() - start, cpuTicks(target) - ticksBefore);
  }

  private static void waitFor(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Sends one call and reads its whole answer; fails if that is not a 200.
  private Future<Void> send(Target target, Buffer call) {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(target.port())
                .setURI("/v1/chat/completions")
                .putHeader("content-type", "application/json"))
        .compose(request -> request.send(call))
        .compose(response ->
            response.statusCode() == 200
                ? response.end()
                : response
                    .body()
                    .compose(body ->
                        Future.failedFuture(
                            target.name() + " answers " + response.statusCode() + ": " + body)));
  }

  private static void printRow(
      String name, List<List<Result>> results, ToDoubleFunction<Result> number) {
    System.out.printf("| %s |", name);
    for (var of : results) {
      System.out.printf(" %.2f |", median(of, number));
    }
    double nginx = median(results.getFirst(), number);
    System.out.printf(" %.2f |%n", median(results.getLast(), number) / nginx);
  }

  private static double median(List<Result> results, ToDoubleFunction<Result> number) {
    var sorted = results.stream().mapToDouble(number).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /// User and system time of a process and its children since their start.
  private static long cpuTicks(Target target) throws IOException {
    long ticks = 0;
    for (long pid : processes(target)) {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks;
  }

  private static long residentMegabytes(Target target) throws IOException {
    long kilobytes = 0;
    for (long pid : processes(target)) {
      for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kilobytes / 1024;
  }

  private static List<Long> processes(Target target) {
    var parent = ProcessHandle.of(target.pid()).orElseThrow();
    return Stream.concat(Stream.of(parent), parent.descendants()).map(ProcessHandle::pid).toList();
  }

  /// The durations of one run. Used on the one event loop, then by the thread that waited for it.
  private static final class Tally {
    private final long[] nanos = new long[MOST_CALLS];
    private int calls;

    void add(long duration) {
      nanos[calls++] = duration;
    }

    Result result(long elapsedNanos, long cpuTicks) {
      Arrays.sort(nanos, 0, calls);
      return new Result(
          cpuTicks * MICROS_PER_TICK / calls,
          calls * 1e9 / elapsedNanos,
          nanos[calls / 2] / 1e6,
          nanos[(int) (calls * 0.99)] / 1e6);
    }
  }
}
