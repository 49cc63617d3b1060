package io.faregate.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.money.Service;
import org.junit.jupiter.api.Test;

class DemandTest {
  @Test
  void keepsAllElseWhenItsOutputIsLimited() {
    var service = Service.at("priority").within("us");
    var demand = Demand.ofInputBytes(Segments.NONE).at(service).thinking(5);

    var limited = demand.limitedTo(100);

    assertThat(limited.outputLimit()).isEqualTo(100);
    assertThat(limited.service()).isEqualTo(service);
    assertThat(limited.thinkingBudget()).isEqualTo(5);
    assertThat(limited.protocol()).isEqualTo(demand.protocol());
  }
}
