package io.faregate.simulator.traffic;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Plays days of a support product against a gateway: conversations of one to four calls, by
/// customers of three plans, over the hours of a day that passes quickly. It runs on one event loop
/// until it is closed, and keeps at most 64 calls under way.
public final class SupportDay implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 64;
  private static final double FAULTS = 0.04;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Settings settings;
  private final RandomGenerator chance;
  private final Shape shape;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong conversations = new AtomicLong();
  private double hour;
  private double sinceMinute;
  private int underWay;
  private volatile boolean closed;

  /// What to play.
  ///
  /// @param port of the gateway on this machine
  /// @param conversationsPerSecond on average over the day
  /// @param day how long a day takes
  public record Settings(int port, double conversationsPerSecond, Duration day) {}

  private SupportDay(Vertx vertx, Settings settings, RandomGenerator chance) {
    this.vertx = vertx;
    this.settings = settings;
    this.chance = chance;
    this.shape = new Shape(chance);
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MOST_UNDER_WAY));
    this.hour = 9;
  }

  /// Begins at nine in the morning.
  ///
  /// @param chance decides everything; the same chance plays the same day
  public static SupportDay begin(Vertx vertx, Settings settings, RandomGenerator chance) {
    var day = new SupportDay(vertx, settings, chance);
    vertx.runOnContext(_ -> day.next());
    return day;
  }

  /// Calls that have been answered, in whatever way.
  public long calls() {
    return calls.get();
  }

  @Override
  public void close() {
    closed = true;
    var _ = client.close();
  }

  private void next() {
    if (closed) {
      return;
    }
    if (underWay < MOST_UNDER_WAY) {
      var _ = conversation();
    }
    var gap = shape.gap(settings.conversationsPerSecond(), hour);
    pass(gap);
    vertx.setTimer(Math.max(1, gap.toMillis()), _ -> next());
  }

  private void pass(Duration gap) {
    var hours = 24.0 * gap.toNanos() / settings.day().toNanos();
    hour = (hour + hours) % 24;
    sinceMinute += hours * 60;
    if (sinceMinute > 1) {
      sinceMinute = 0;
      shape.nextMinute();
    }
  }

  /// The calls of one conversation, one after the other.
  private Future<Void> conversation() {
    var action = "conversation-" + conversations.incrementAndGet();
    var plan = plan();
    var said = call(Step.INTENT, plan, action);
    for (var step : Step.values()) {
      if (step != Step.INTENT && chance.nextDouble() < step.share()) {
        said = said.compose(_ -> call(step, plan, action));
      }
    }
    return said;
  }

  private String plan() {
    var draw = chance.nextDouble();
    return draw < 0.5 ? "free" : draw < 0.85 ? "standard" : "enterprise";
  }

  private Future<Void> call(Step step, String plan, String action) {
    underWay++;
    var body =
        Prompt.body(step, shape.length(step.input(), step.input() * 2), markers(step), chance);
    var request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(settings.port())
            .setURI("/v1/chat/completions")
            .putHeader("content-type", "application/json")
            .putHeader("x-faregate-plan", plan)
            .putHeader("x-faregate-action", action);
    return client
        .request(request)
        .compose(open -> answered(open, body))
        .otherwiseEmpty()
        .onComplete(_ -> {
          underWay--;
          calls.incrementAndGet();
        });
  }

  private static Future<Void> answered(HttpClientRequest open, byte[] body) {
    return open.send(Buffer.buffer(body)).compose(answer -> answer.end());
  }

  /// What the simulated provider is asked to do: an answer of the step's length and, now and then,
  /// something that goes wrong.
  private String markers(Step step) {
    var tokens = shape.length(step.output(), step.output() * 2);
    var answer = " [[sim:tokens=" + tokens + "]]";
    if (chance.nextDouble() >= FAULTS) {
      return answer;
    }
    var where = chance.nextInt(4) == 0 ? "sim" : "sim@openai";
    return answer + " [[" + where + (chance.nextBoolean() ? ":status=503]]" : ":status=429]]");
  }
}
