package io.faregate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faregate.call.ModelId;
import io.faregate.gateway.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AlertLogTest {
  private static final ModelId ONE = ModelId.parse("alpha/one");
  private static final ModelId OTHER = ModelId.parse("alpha/other");

  private final Logger logger = (Logger) LoggerFactory.getLogger("faregate.alert");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long nanos = Long.MAX_VALUE - 5;
  private final AlertLog log = new AlertLog(() -> nanos);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  @Test
  void theSameOfAModelIsLoggedOnceAMinuteWithHowManyWereLeftOut() {
    for (int second = 0; second < 150; second++) {
      log.alert(Alert.USAGE_MISSING, ONE, "call_" + second, "not the same text: " + second);
      nanos += Duration.ofSeconds(1).toNanos();
    }

    assertThat(said())
        .containsExactly(
            "not the same text: 0 [alert=\"usage_missing\", call=\"call_0\"]",
            "not the same text: 60 [alert=\"usage_missing\", call=\"call_60\", left_out=\"59\"]",
            "not the same text: 120 [alert=\"usage_missing\", call=\"call_120\", left_out=\"59\"]");
  }

  @Test
  void whatIsSaidOfAnotherModelOrIsAnotherThingHasItsLine() {
    log.alert(Alert.USAGE_MISSING, ONE, "call_1", "first");
    log.alert(Alert.USAGE_MISSING, OTHER, "call_2", "second");
    log.alert(Alert.USAGE_INCONSISTENT, ONE, "call_3", "third");
    log.alert(Alert.USAGE_MISSING, ONE, "call_4", "fourth");

    assertThat(lines.list)
        .map(ILoggingEvent::getMessage)
        .containsExactly("first", "second", "third");
  }

  private List<String> said() {
    var said = new ArrayList<String>();
    lines.list.forEach(line -> said.add(line.getMessage() + " " + line.getKeyValuePairs()));
    return said;
  }
}
