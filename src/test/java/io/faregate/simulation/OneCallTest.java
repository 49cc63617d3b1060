package io.faregate.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.budget.Book;
import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Rule;
import io.faregate.call.UsageSource;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.gateway.Alert;
import io.faregate.gateway.Arrival;
import io.faregate.gateway.Books;
import io.faregate.gateway.Gateway;
import io.faregate.gateway.Header;
import io.faregate.gateway.Observer;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.gateway.Reply;
import io.faregate.gateway.ScaleLearner;
import io.faregate.gateway.health.Health;
import io.faregate.gateway.health.HealthState;
import io.faregate.gateway.health.RetryBudget;
import io.faregate.gateway.session.Sessions;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;
import io.faregate.ledger.Entry;
import io.faregate.policy.Policy;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One call of which every event is told, in virtual time.
class OneCallTest {
  private static final List<Header> EVENTS =
      List.of(new Header("content-type", "text/event-stream"));

  private final Policy policy = policy();
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-28T10:00:00Z"));
  private final MemoryJournal journal = new MemoryJournal();
  private final Provider provider = new Provider();
  private final Client client = new Client();
  private final Health health = new Health();

  @Test
  void aStreamThatItsClientDoesNotReadIsNoSilenceOfItsProvider() {
    var handled = handle(new Silent());
    provider.events("{\"content\":\"a\"}");
    client.reads = false;
    provider.events("{\"content\":\"b\"}");

    pass(Duration.ofMinutes(5));

    assertThat(provider.paused).isTrue();
    assertThat(client.pieces).hasSize(2);
    client.goOn();
    assertThat(provider.paused).isFalse();
    pass(Duration.ofSeconds(4));
    provider.finish();
    assertThat(handled.succeeded()).isTrue();
    assertThat(attempt().ending()).isEqualTo(Ending.ANSWERED);
  }

  @Test
  void aProviderThatIsSilentAfterItsClientHasReadAgainIsCutOff() {
    var handled = handle(new Silent());
    client.reads = false;
    provider.events("{\"content\":\"a\"}");
    pass(Duration.ofMinutes(5));
    client.goOn();

    pass(Duration.ofSeconds(6));

    assertThat(handled.succeeded()).isTrue();
    assertThat(attempt().ending()).isEqualTo(Ending.CUT);
  }

  @Test
  void aProviderThatLeavesItsUsageUntoldIsAnAlert() {
    var told = new Told();
    var _ = handle(told);
    provider.events("{\"content\":\"a\"}");

    pass(Duration.ofMinutes(5));

    assertThat(attempt().ending()).isEqualTo(Ending.CUT);
    assertThat(told.alerts).containsExactly(Alert.USAGE_MISSING);
  }

  @Test
  void aUsageWhoseTotalNothingAddsUpToHoldsAndIsAnAlert() {
    var told = new Told();
    var _ = handle(told);
    provider.events("{\"content\":\"a\"}");

    provider.last(1_000);
    provider.listener().end();

    assertThat(attempt().ending()).isEqualTo(Ending.ANSWERED);
    assertThat(attempt().usageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(attempt().problem()).contains("does not add up");
    assertThat(told.alerts).containsExactly(Alert.USAGE_INCONSISTENT);
  }

  @Test
  void aCallThatABugEndsHasItsRow() {
    var handled = handle(new Broken());

    provider.refuse(401);

    assertThat(handled.cause()).hasMessage("a bug");
    assertThat(attempt().ending()).isEqualTo(Ending.REFUSED);
    assertThat(call().status()).isEqualTo(500);
    assertThat(call().refusal()).isEqualTo("faregate_bug");
  }

  @Test
  void aCallThatABugEndsBeforeItIsSentHasItsRowAndHoldsNothingInTheEnd() {
    provider.broken = true;

    var handled = handle(new Silent());

    assertThat(handled.cause()).hasMessage("a bug");
    assertThat(call().refusal()).isEqualTo("faregate_bug");
    pass(Duration.ofMinutes(11));
    assertThat(attempt().ending()).isEqualTo(Ending.UNSENT);
    assertThat(journal.underWay()).isZero();
  }

  @Test
  void aCallThatTheJournalHasNoRoomForTakesNoneOfIt() {
    journal.ready(false);

    assertThat(handle(new Silent()).succeeded()).isTrue();

    assertThat(client.status).isEqualTo(503);
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void noFurtherAttemptIsSentThatTheJournalHasNoRoomFor() {
    var handled = handle(new Silent());
    journal.ready(false);

    provider.refuse(503);

    assertThat(handled.succeeded()).isTrue();
    assertThat(provider.sent).isEqualTo(1);
    assertThat(client.status).isEqualTo(503);
    assertThat(new String(client.pieces.getFirst(), UTF_8)).contains("\"no\"");
    assertThat(call().rules()).extracting(Rule::rule).contains("journal");
  }

  @Test
  void aCallWithoutAnyAnswerIsToldOfAJournalWithoutRoom() {
    var handled = handle(new Silent());
    journal.ready(false);

    provider.listener().failed(true, "reset");

    assertThat(handled.succeeded()).isTrue();
    assertThat(provider.sent).isEqualTo(1);
    assertThat(call().refusal()).isEqualTo("faregate_store_unavailable");
  }

  @ParameterizedTest
  @EnumSource(Leave.class)
  void whatHappensAfterTheEndOfAStreamTakesNothingFromItsAnswer(Leave leave) {
    var handled = handle(new Silent());
    provider.events("{\"content\":\"a\"}");
    provider.last();
    assertThat(handled.isComplete()).isFalse();

    switch (leave) {
      case CLIENT_CLOSES -> client.leaves();
      case PROVIDER_RESETS -> provider.listener().failed(true, "reset");
      case PROVIDER_STAYS -> pass(Duration.ofSeconds(6));
      case PROVIDER_ENDS -> provider.listener().end();
      case PROVIDER_BABBLES -> {
        provider.listener().piece("data: {\"cut".getBytes(UTF_8));
        provider.listener().end();
      }
      case PROVIDER_TELLS_AN_ERROR -> {
        provider.listener().piece("data: {\"error\":{\"code\":500}}\n\n".getBytes(UTF_8));
        provider.listener().end();
      }
      case PROVIDER_TELLS_NONSENSE -> {
        provider.listener().piece("data: {\"cut\n\n".getBytes(UTF_8));
        provider.listener().end();
      }
    }

    assertThat(handled.succeeded()).isTrue();
    assertThat(client.ended).isTrue();
    assertThat(client.text()).endsWith("data: [DONE]\n\n").doesNotContain("error");
    assertThat(call().status()).isEqualTo(200);
    assertThat(attempt().ending()).isEqualTo(Ending.ANSWERED);
    assertThat(attempt().usageSource()).isEqualTo(UsageSource.PROVIDER);
    assertThat(attempt().costNanoUsd()).isEqualTo(5_000);
    assertThat(attempt().inDoubtNanoUsd()).isZero();
    assertThat(attempt().problem()).isNull();
    assertThat(health.states(time.nanos(), time.now()))
        .extracting(HealthState::consecutiveFailures)
        .containsExactly(0);
  }

  @Test
  void aPieceThatCannotBeReadIsACutThoughTheEndStandsInIt() {
    var handled = handle(new Silent());
    provider.events("{\"content\":\"a\"}");

    provider.listener().piece("data: [DONE]\n\ndata: {\"cut\n\n".getBytes(UTF_8));

    assertThat(handled.succeeded()).isTrue();
    assertThat(attempt().ending()).isEqualTo(Ending.CUT);
    assertThat(client.text()).contains("faregate_stream_cut").doesNotContain("[DONE]");
  }

  /// How either side goes after the end of a stream.
  enum Leave {
    CLIENT_CLOSES,
    PROVIDER_RESETS,
    PROVIDER_STAYS,
    PROVIDER_ENDS,
    PROVIDER_BABBLES,
    PROVIDER_TELLS_AN_ERROR,
    PROVIDER_TELLS_NONSENSE
  }

  private Future<Void> handle(Observer observer) {
    var books = new Books(new Book(policy, time.now()), journal);
    var shared =
        new Gateway.Shared(books, health, new RetryBudget(), new ScaleLearner(), new Sessions());
    var dialect = new OpenAiChat();
    var text =
        """
        {"model":"auto","stream":true,"messages":[{"role":"user","content":"x"}]}\
        """;
    var body = dialect.read(text.getBytes(UTF_8));
    var call = new Call("call_1", time.now(), Caller.IMPLICIT, body.work(), body.demand());
    var arrival = new Arrival(call, body, dialect, List.of(), null, 0, null, time.nanos());
    return new Gateway(() -> policy, provider, shared, observer, time).handle(arrival, client);
  }

  private void pass(Duration span) {
    var end = time.nanos() + span.toNanos();
    var reached = new boolean[1];
    var _ = time.in(span, () -> reached[0] = true);
    while (!reached[0] && time.step()) {
      assertThat(time.nanos()).isLessThanOrEqualTo(end);
    }
  }

  private AttemptEntry attempt() {
    return first(AttemptEntry.class);
  }

  private CallEntry call() {
    return first(CallEntry.class);
  }

  private <T extends Entry> T first(Class<T> kind) {
    return journal.entries().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Policy policy() {
    var text =
        """
        providers: { alpha: { api: openai, url: "http://127.0.0.1:1/v1", key: test } }
        models: { alpha/small: { window: 32k, max_output: 8k, price: { input: 1, output: 2 } } }
        tiers: { low: { models: [alpha/small] } }
        tasks: { easy: { tier: low, because: "there is no other" } }
        default_task: easy
        limits: { idle: 5s }
        """;
    var environment = new Environment(Map.of(), Path.of("."), Catalogue.builtIn());
    var reading = ConfigReader.read("one.yaml", text, environment);
    assertThat(reading.configuration()).as("%s", reading.problems()).isNotNull();
    return Objects.requireNonNull(reading.configuration()).policy();
  }

  /// A provider that does what it is told.
  private static final class Provider implements Providers, Providers.Sending {
    private @Nullable Listener listener;
    private int sent;
    private boolean broken;
    private boolean begun;
    private boolean paused;

    @Override
    public Sending send(Outbound outbound, Listener listener) {
      if (broken) {
        throw new IllegalStateException("a bug");
      }
      this.listener = listener;
      sent++;
      return this;
    }

    private Listener listener() {
      return Objects.requireNonNull(listener);
    }

    void events(String... deltas) {
      if (!begun) {
        begun = true;
        listener().head(200, EVENTS);
      }
      for (var delta : deltas) {
        listener()
            .piece(event("{\"index\":0,\"delta\":%s,\"finish_reason\":null}".formatted(delta)));
      }
    }

    void finish() {
      last();
      listener().end();
    }

    /// All that belongs to the answer.
    void last() {
      last(3);
    }

    void last(int total) {
      listener().piece(event("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"));
      var usage =
          "{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":%d}".formatted(total);
      var last = "data: {\"choices\":[],\"usage\":%s}\n\ndata: [DONE]\n\n".formatted(usage);
      listener().piece(last.getBytes(UTF_8));
    }

    void refuse(int status) {
      listener().head(status, List.of(new Header("content-type", "application/json")));
      listener().piece("{\"error\":{\"message\":\"no\"}}".getBytes(UTF_8));
      listener().end();
    }

    private static byte[] event(String choice) {
      return "data: {\"choices\":[%s]}\n\n".formatted(choice).getBytes(UTF_8);
    }

    @Override
    public boolean sent() {
      return true;
    }

    @Override
    public void cancel() {}

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }
  }

  /// A client that reads, or does not.
  private static final class Client implements Reply {
    private final List<byte[]> pieces = new ArrayList<>();
    private boolean reads = true;
    private int status;
    private boolean ended;
    private Runnable ready = () -> {};
    private Runnable gone = () -> {};

    void leaves() {
      gone.run();
    }

    String text() {
      var all = new StringBuilder();
      pieces.forEach(piece -> all.append(new String(piece, UTF_8)));
      return all.toString();
    }

    void goOn() {
      reads = true;
      ready.run();
    }

    @Override
    public void whole(int status, List<Header> headers, byte[] body) {
      this.status = status;
      pieces.add(body);
    }

    @Override
    public void begin(int status, List<Header> headers) {}

    @Override
    public boolean piece(byte[] bytes) {
      pieces.add(bytes);
      return reads;
    }

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public void breakOff(byte[] last) {
      pieces.add(last);
    }

    @Override
    public void whenReady(Runnable action) {
      ready = action;
    }

    @Override
    public void whenGone(Runnable action) {
      gone = action;
    }
  }

  /// Keeps what a person should look at.
  private static final class Told extends Silent {
    private final List<Alert> alerts = new ArrayList<>();

    @Override
    public void alert(Alert what, ModelId model, String call, String message) {
      alerts.add(what);
    }
  }

  /// Breaks its promise never to fail.
  private static final class Broken extends Silent {
    @Override
    public void alert(Alert what, ModelId model, String call, String message) {
      throw new IllegalStateException("a bug");
    }
  }
}
