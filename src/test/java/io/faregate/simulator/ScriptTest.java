package io.faregate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Map<Fault, Double> SHARES =
      Map.of(Fault.status(503), 0.10, Fault.cut(3), 0.05, new Fault.DoneMissing(), 0.01);

  @Test
  void drawsTheSameFaultsFromTheSameSeed() {
    assertThat(first(Script.random(7, SHARES))).isEqualTo(first(Script.random(7, SHARES)));
    assertThat(first(Script.random(7, SHARES))).isNotEqualTo(first(Script.random(8, SHARES)));
  }

  @Test
  void drawsEachFaultWithItsShare() {
    Script script = Script.random(7, SHARES);

    SHARES.forEach((fault, share) -> {
      long drawn =
          LongStream.range(0, 100_000).filter(n -> script.faults(n).contains(fault)).count();
      assertThat(drawn / 100_000.0).isCloseTo(share, within(0.005));
    });
  }

  @Test
  void refusesSharesBeyondOne() {
    assertThatThrownBy(() -> Script.random(1, Map.of(Fault.cut(1), 0.6, Fault.cut(2), 0.6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsWithGoodAnswers() {
    Script script = Script.of(Fault.status(500));

    assertThat(script.faults(0)).hasSize(1);
    assertThat(script.faults(1)).isEmpty();
  }

  private static List<List<Fault>> first(Script script) {
    return LongStream.range(0, 500).mapToObj(script::faults).toList();
  }
}
