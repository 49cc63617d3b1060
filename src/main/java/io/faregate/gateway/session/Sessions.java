package io.faregate.gateway.session;

import io.faregate.call.Call;
import io.faregate.call.ModelId;
import io.faregate.call.Named;
import io.faregate.dialect.Body.Ties;
import io.faregate.policy.Affinity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers which model served a session last, and where the answers are kept from which later
/// calls go on. All event loops share it; what is remembered is bounded, the longest unused goes
/// first, and a restart forgets it.
public final class Sessions {
  /// Sessions, and answers, that are remembered.
  static final int MOST = 20_000;

  /// How long providers keep a prompt in their cache after its last use, unless asked for an hour.
  private static final long USUAL_NANOS = Duration.ofMinutes(5).toNanos();

  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private final Map<Session, Served> sessions = bounded();
  private final Map<String, Answered> answers = bounded();

  /// A session of one key, as far as calls of the same kind share a prompt: those for another task
  /// or under another model name begin differently.
  private record Session(
      String key,
      String id,
      @Nullable String model,
      @Nullable Named task,
      @Nullable Named workflow,
      @Nullable Named step) {
    static @Nullable Session of(Call call) {
      var work = call.work();
      return work.session() == null
          ? null
          : new Session(
              call.caller().key(),
              work.session(),
              work.model(),
              work.task(),
              work.workflow(),
              work.step());
    }
  }

  /// What the last answer of a session was.
  ///
  /// @param tokens of its input and output
  /// @param hourlyCache whether its prompt was to be kept for an hour
  /// @param id by which a later call can go on from it, or null
  /// @param nanos when it ended
  public record Served(
      ModelId model,
      long tokens,
      long output,
      boolean hourlyCache,
      @Nullable String id,
      long nanos) {}

  /// Where an answer is kept, and whose it is.
  ///
  /// @param key of the caller that it was for
  /// @param tokens that going on from it adds to the input
  public record Answered(String key, ModelId model, long tokens, long output) {}

  /// Notes who served a call.
  public synchronized void served(Call call, Served served) {
    var session = Session.of(call);
    if (session != null) {
      sessions.put(session, served);
    }
    if (served.id() != null) {
      answers.put(
          served.id(),
          new Answered(call.caller().key(), served.model(), served.tokens(), served.output()));
    }
  }

  /// The answer of that id, if it is remembered.
  public synchronized Optional<Answered> answer(String id) {
    return Optional.ofNullable(answers.get(id));
  }

  /// What binds a call to a model, or null when nothing does.
  public synchronized @Nullable Affinity of(Call call, Ties ties, long nanos) {
    var answered = ties.previous() == null ? null : answers.get(ties.previous());
    if (answered != null) {
      return new Affinity(answered.model(), answered.tokens(), answered.output(), true);
    }
    var session = Session.of(call);
    var served = session == null ? null : sessions.get(session);
    if (served == null) {
      return null;
    }
    var age = nanos - served.nanos();
    var warm = age < (served.hourlyCache() ? HOUR_NANOS : USUAL_NANOS) ? served.tokens() : 0;
    return warm == 0 && !ties.sealed()
        ? null
        : new Affinity(served.model(), warm, served.output(), ties.sealed());
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
