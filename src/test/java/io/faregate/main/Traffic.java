package io.faregate.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Clients that make many calls at once, each as its seed has it: streamed or not, read to the end
/// or left in the middle.
final class Traffic implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI chat;
  private volatile boolean stopped;

  /// How many calls came to what: an answer read to its end, an answer of another status than 200,
  /// or none (the connection broke, or the client left).
  record Outcome(int answered, int refused, int broken) {}

  /// One call to make.
  ///
  /// @param bytesRead after so many bytes of the answer the client leaves; negative reads all
  record Order(String body, long bytesRead) {}

  /// @param url the base of the data port
  Traffic(String url) {
    chat = URI.create(url + "/chat/completions");
  }

  /// Makes calls, `clients` at once, and waits for all of them.
  ///
  /// @param order what the call of that number is; it must not depend on when it is asked
  Outcome run(int calls, int clients, Function<Integer, Order> order) {
    var next = new AtomicInteger();
    var answered = new AtomicInteger();
    var refused = new AtomicInteger();
    var broken = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, clients)
              .<Future<?>>mapToObj(_ ->
                  threads.submit(() -> {
                    for (int i = next.getAndIncrement();
                        i < calls && !stopped;
                        i = next.getAndIncrement()) {
                      switch (make(order.apply(i))) {
                        case 200 -> answered.incrementAndGet();
                        case 0 -> broken.incrementAndGet();
                        default -> refused.incrementAndGet();
                      }
                    }
                  }))
              .toList();
      all.forEach(Traffic::join);
    }
    return new Outcome(answered.get(), refused.get(), broken.get());
  }

  /// The status of one call; 0 when it had no whole answer.
  private int make(Order order) {
    var request =
        HttpRequest.newBuilder(chat)
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(order.body(), UTF_8))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        return read(body, order.bytesRead()) ? answer.statusCode() : 0;
      }
    } catch (IOException broken) {
      return 0;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static boolean read(InputStream body, long most) throws IOException {
    var piece = new byte[512];
    long left = most < 0 ? Long.MAX_VALUE : most;
    while (left > 0) {
      var count = body.read(piece, 0, (int) Math.min(left, piece.length));
      if (count < 0) {
        return true;
      }
      left -= count;
    }
    return false;
  }

  /// A call of a support product: mostly a plain question, a third of them streamed, and with the
  /// given probability a misfortune of the simulator's list.
  static Order order(long seed, double misfortune) {
    var chance = new Random(seed);
    var streamed = chance.nextInt(3) == 0;
    var text = new StringBuilder("Where is my parcel? ");
    text.repeat("It was sent a while ago. ", chance.nextInt(20));
    text.append("[[sim:tokens=").append(1 + chance.nextInt(40));
    if (chance.nextDouble() < misfortune) {
      text.append("; ").append(misfortunes(streamed)[chance.nextInt(misfortunes(streamed).length)]);
    }
    text.append("]]");
    var leaves = streamed && chance.nextDouble() < misfortune / 4;
    var body =
        """
        {"model":"auto","user":"%d",%s"messages":[{"role":"user","content":"%s"}]}\
        """
            .formatted(seed, streamed ? streaming(chance) : "", text);
    return new Order(body, leaves ? 200 + chance.nextInt(3_000) : -1);
  }

  private static String streaming(Random chance) {
    return chance.nextBoolean()
        ? "\"stream\":true,"
        : "\"stream\":true,\"stream_options\":{\"include_usage\":true},";
  }

  private static String[] misfortunes(boolean streamed) {
    return streamed
        ? new String[] {
          "cut=1", "cut=4", "malformed=3", "usage=missing", "usage=cumulative", "usage=early",
          "error=0", "error=2", "nodone", "cutbytes=150", "status=503; times=1", "reset; times=1",
          "gap=1ms", "type=text/plain"
        }
        : new String[] {
          "status=500; times=1", "status=429; times=1", "status=503", "status=400", "context",
          "delay=20ms", "reset; times=1", "reset; billed; times=1", "usage=missing", "malformed=1",
          "cutbytes=100", "error=0", "type=text/html"
        };
  }

  private static void join(Future<?> client) {
    try {
      client.get();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a client failed", failed.getCause());
    }
  }

  /// Lets no further call begin.
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
