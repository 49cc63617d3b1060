package io.faregate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.call.Demand;
import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.call.Work;
import io.faregate.dialect.Body.Ties;
import io.faregate.gateway.session.Sessions.Answered;
import io.faregate.gateway.session.Sessions.Served;
import io.faregate.policy.Affinity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final ModelId MODEL = ModelId.parse("p/m");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Sessions sessions = new Sessions();

  @Test
  void remembersTheModelUntilItsPromptHasGoneCold() {
    sessions.served(call("a", "s"), served(false, null));

    assertThat(sessions.of(call("a", "s"), Ties.NONE, 4 * MINUTE))
        .isEqualTo(new Affinity(MODEL, 900, 100, false));
    assertThat(sessions.of(call("a", "s"), Ties.NONE, 5 * MINUTE)).isNull();
    sessions.served(call("a", "s"), served(true, null));
    assertThat(sessions.of(call("a", "s"), Ties.NONE, 59 * MINUTE)).isNotNull();
    assertThat(sessions.of(call("a", "s"), Ties.NONE, 60 * MINUTE)).isNull();
  }

  @Test
  void tellsSessionsOfOtherKeysAndNamesApart() {
    sessions.served(call("a", "s"), served(false, null));

    assertThat(sessions.of(call("b", "s"), Ties.NONE, 0)).isNull();
    assertThat(sessions.of(call("a", "t"), Ties.NONE, 0)).isNull();
    assertThat(sessions.of(call("a", null), Ties.NONE, 0)).isNull();
  }

  @Test
  void tiesACallToTheAnswerThatItGoesOnFromAndToWhatIsSealed() {
    sessions.served(call("a", "s"), served(false, "resp_1"));

    assertThat(sessions.answer("resp_1")).contains(new Answered("a", MODEL, 900, 100));
    assertThat(sessions.of(call("a", null), new Ties("resp_1", false), 99 * MINUTE))
        .isEqualTo(new Affinity(MODEL, 900, 100, true));
    assertThat(sessions.of(call("a", "s"), new Ties(null, true), 99 * MINUTE))
        .isEqualTo(new Affinity(MODEL, 0, 100, true));
    assertThat(sessions.of(call("a", null), new Ties("resp_2", false), 0)).isNull();
  }

  @Test
  void forgetsTheLongestUnusedWhenThereAreTooMany() {
    sessions.served(call("a", "first"), served(false, "resp_first"));
    for (int i = 0; i < Sessions.MOST; i++) {
      sessions.served(call("a", "s" + i), served(false, "resp_" + i));
    }

    assertThat(sessions.answer("resp_first")).isEmpty();
    assertThat(sessions.of(call("a", "first"), Ties.NONE, 0)).isNull();
    assertThat(sessions.of(call("a", "s0"), Ties.NONE, 0)).isNotNull();
  }

  private static Served served(boolean hourly, @Nullable String id) {
    return new Served(MODEL, 900, 100, hourly, id, 0);
  }

  private static Call call(String key, @Nullable String session) {
    var caller = new Caller(key, null, null, true, null, true, List.of());
    var work = new Work(null, null, null, null, "auto", null, null, null, session, null);
    return new Call("call_1", Instant.EPOCH, caller, work, Demand.ofInputBytes(Segments.NONE));
  }
}
