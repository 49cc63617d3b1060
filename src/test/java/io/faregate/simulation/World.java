package io.faregate.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.budget.Book;
import io.faregate.budget.LimitState;
import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.gateway.Arrival;
import io.faregate.gateway.Books;
import io.faregate.gateway.Gateway;
import io.faregate.gateway.ScaleLearner;
import io.faregate.gateway.health.Health;
import io.faregate.gateway.health.RetryBudget;
import io.faregate.gateway.session.Sessions;
import io.faregate.ledger.Entries;
import io.faregate.ledger.MemoryLedger;
import io.faregate.ledger.Position;
import io.faregate.main.RestoredBook;
import io.faregate.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One run of the real gateway, router, health and book on one thread and in virtual time: calls
/// arrive, clients leave, providers misbehave, the disk fills, the clock jumps and the process
/// dies, all as the seed has it. After every event all promises are checked.
final class World {
  private final Random chance;
  private final Policy policy;
  private final VirtualTime time;
  private final ScriptedProviders providers;
  private final MemoryJournal journal = new MemoryJournal();
  private final Promises promises;
  private final List<ScriptedReply> replies = new ArrayList<>();
  private final int calls;
  private Book book;
  private Gateway gateway;
  private int arrived;
  private int restarts;

  World(long seed, Policy policy, int calls) {
    this.chance = new Random(seed);
    this.policy = policy;
    this.calls = calls;
    // Two hours before the end of a month: days and months turn within a run.
    this.time = new VirtualTime(Instant.parse("2026-11-30T22:00:00Z"));
    this.providers = new ScriptedProviders(time, chance, policy);
    this.promises = new Promises(policy, journal, providers);
    this.book = new Book(policy, time.now());
    this.gateway = gateway();
  }

  /// Lets everything happen.
  void run() {
    arrive();
    while (time.step()) {
      promises.check(book, time.now());
    }
    promises.checkAtRest(book);
    replies.forEach(ScriptedReply::assertAnswered);
    checkRebuilt();
  }

  int restarts() {
    return restarts;
  }

  int sent() {
    return providers.sent();
  }

  List<LimitState> limits() {
    return book.limits(time.now());
  }

  private void arrive() {
    if (arrived++ >= calls) {
      return;
    }
    disturb();
    call();
    var _ = time.in(Duration.ofMillis(chance.nextInt(20_000)), this::arrive);
  }

  /// Now and then the world changes.
  private void disturb() {
    switch (chance.nextInt(60)) {
      case 0 -> restart();
      case 1 -> providers.faults(chance.nextBoolean() ? 1 : 0.3);
      case 2, 3, 4, 5 -> providers.faults(0.1);
      case 6 -> time.jump(Duration.ofMinutes(chance.nextInt(120)));
      case 7 -> journal.ready(false);
      default -> journal.ready(true);
    }
  }

  private void call() {
    var nanos = time.nanos();
    var dialect = new OpenAiChat();
    var body = dialect.read(text().getBytes(UTF_8));
    var id = "call_%08d".formatted(arrived);
    var call = new Call(id, time.now(), Caller.IMPLICIT, body.work(), body.demand());
    var reply = new ScriptedReply(id);
    replies.add(reply);
    var arrival = new Arrival(call, body, dialect, List.of(), null, 0, null, nanos);
    var _ = gateway.handle(arrival, reply).onFailure(bug -> promises.broken(id, bug));
    if (chance.nextInt(12) == 0) {
      var _ = time.in(Duration.ofMillis(chance.nextInt(1_500)), reply::leave);
    }
  }

  private String text() {
    var limit =
        chance.nextInt(3) == 0 ? "" : "\"max_tokens\":%d,".formatted(1 + chance.nextInt(400));
    var stream = chance.nextInt(3) == 0 ? "\"stream\":true," : "";
    var model =
        List.of("auto", "support/easy", "support/hard", "support/hard").get(chance.nextInt(4));
    return """
    {"model":"%s",%s%s"messages":[{"role":"user","content":"%s"}]}\
    """
        .formatted(model, limit, stream, "word ".repeat(1 + chance.nextInt(60)));
  }

  /// The process dies and another one takes its place.
  private void restart() {
    restarts++;
    time.clear();
    replies.forEach(ScriptedReply::forget);
    journal.recover();
    checkRebuilt();
    book = rebuilt();
    gateway = gateway();
  }

  private Gateway gateway() {
    var shared =
        new Gateway.Shared(
            new Books(book, journal),
            new Health(),
            new RetryBudget(),
            new ScaleLearner(),
            new Sessions());
    return new Gateway(() -> policy, providers, shared, new Silent(), time);
  }

  private Book rebuilt() {
    var ledger = new MemoryLedger();
    ledger.store(Entries.of(journal.entries(), new Position(1, journal.entries().size() + 1L)));
    return RestoredBook.of(policy, ledger, time.now());
  }

  /// The journal holds all that the book knows, but for what is under way and what a crash undid.
  private void checkRebuilt() {
    promises.checkSame(book, rebuilt(), time.now());
  }
}
