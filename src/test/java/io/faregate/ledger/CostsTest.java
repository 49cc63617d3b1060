package io.faregate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.audit.SampleCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostsTest {
  private static final AttemptEntry PRICED = SampleCalls.answered();
  private static final AttemptEntry FREE = SampleCalls.refused();

  @Test
  void noAttemptsCostNothing() {
    assertThat(Costs.of(List.of()).nanoUsd()).isZero();
  }

  @Test
  void whatHasNoPriceIsCountedAndAddsNothing() {
    var unpriced = unpriced();

    var costs = Costs.of(List.of(PRICED, unpriced, SampleCalls.lost()));

    var inDoubt = SampleCalls.HOLD + unpriced.inDoubtNanoUsd();
    assertThat(costs).isEqualTo(new Costs(3, 1, SampleCalls.COST, inDoubt));
    assertThat(costs.nanoUsd()).isEqualTo(SampleCalls.COST);
  }

  @Test
  void isUnknownOnlyWhereNoAttemptHasAPrice() {
    assertThat(Costs.of(List.of(unpriced(), unpriced())).nanoUsd()).isNull();
    assertThat(Costs.of(List.of(FREE, unpriced())).nanoUsd()).isZero();
  }

  @Test
  void aSumThatPassesAllBoundsIsNoNumber() {
    var most = FREE.corrected(Long.MAX_VALUE);

    assertThatThrownBy(() -> Costs.of(List.of(most, PRICED)))
        .isInstanceOf(ArithmeticException.class);
  }

  private static AttemptEntry unpriced() {
    return new RandomEntries(1)
        .calls(200).stream()
            .filter(entry -> entry instanceof AttemptEntry)
            .map(AttemptEntry.class::cast)
            .filter(attempt -> attempt.costNanoUsd() == null)
            .findFirst()
            .orElseThrow();
  }
}
