package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.money.Money;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillTest {
  private static final int CALLS = 20_000;
  private static final int CLIENTS = 48;

  @TempDir private Path folder;

  @Test
  void billsWhatTheProvidersBillAndListsEverythingElse() {
    Seeds.each(
        1,
        chance -> {
          var seed = chance.nextLong();
          var data = folder.resolve(Long.toString(seed));
          try (var lab = new Lab(data, List.of("alpha", "beta"), Lab.POLICY);
              var traffic = new Traffic(lab.url())) {
            var outcome = traffic.run(CALLS, CLIENTS, i -> Traffic.order(seed + i, 0.2));

            assertThat(outcome.answered()).isGreaterThan(CALLS / 2);
            assertThat(outcome.refused()).isPositive();
            assertThat(outcome.broken()).isPositive();
            lab.awaitQuiet();
            compare(lab, data);
          }
        });
  }

  private static void compare(Lab lab, Path data) {
    var audit = lab.audit();
    var total = Money.parse(audit.text("total_usd", "")).nanoUsd();
    var doubt = Money.parse(audit.text("in_doubt_usd", "")).nanoUsd();
    assertThat(audit.number("calls")).isEqualTo(CALLS);
    assertThat(audit.number("unpriced_attempts")).isZero();
    assertThat(total + doubt).isGreaterThanOrEqualTo(lab.billNanoUsd());
    lab.stopServing();

    var reconciled = Reconciled.of(data, lab.bills());

    assertThat(reconciled.differing()).isEmpty();
    assertThat(reconciled.unlisted()).isEmpty();
    assertThat(reconciled.costNanoUsd()).isEqualTo(total);
    assertThat(audit.number("attempts") - reconciled.reported())
        .isEqualTo(audit.number("unreported_count"));
  }
}
