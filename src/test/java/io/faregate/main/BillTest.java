package io.faregate.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.Seeds;
import io.faregate.call.ModelId;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.money.Money;
import io.faregate.money.Rate;
import io.faregate.money.ServiceTier;
import io.faregate.policy.Tier;
import io.faregate.simulator.SimulatedModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillTest {
  private static final int CALLS = 20_000;
  private static final int CLIENTS = 48;

  private static final LocalDate DAY = LocalDate.of(2026, 8, 21);
  private static final List<String> VENDORS =
      List.of("openai", "anthropic", "google", "amazon", "deepseek");

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

  private static Optional<ModelId> known(SimulatedModel model) {
    return VENDORS.stream()
        .map(vendor -> new ModelId(vendor, model.name()))
        .filter(Catalogue.builtIn().models()::containsKey)
        .findFirst();
  }

  /// The simulator shares no price with the product, so a test holds them together.
  @Test
  void theSimulatorSellsAtTheCataloguesPrices() {
    assertThat(SimulatedModel.defaults())
        .filteredOn(model -> !model.name().equals("sim-reason"))
        .allSatisfy(model -> {
          var id = known(model).orElseThrow();
          var prices = Catalogue.builtIn().prices();
          var rates = prices.price(id.toString(), ServiceTier.STANDARD, DAY).orElseThrow().rates();
          assertThat(model.inputPerMillion()).isEqualTo(rate(rates.input(), null));
          assertThat(model.cacheReadPerMillion()).isEqualTo(rate(rates.cacheRead(), rates.input()));
          assertThat(model.cacheWrite5mPerMillion())
              .isEqualTo(rate(rates.cacheWrite5m(), rates.input()));
          assertThat(model.cacheWrite1hPerMillion())
              .isEqualTo(rate(rates.cacheWrite1h(), rates.input()));
          assertThat(model.outputPerMillion()).isEqualTo(rate(rates.output(), null));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"src/main/resources/io/faregate/cli/template.yaml", "examples/support.yaml"})
  void theSimulatorSellsWhatAFirstPolicyAsksFor(Path policy) {
    var keys = Map.of("OPENAI_API_KEY", "any", "ANTHROPIC_API_KEY", "any");
    var environment = new Environment(keys, Path.of("examples"), Catalogue.builtIn());
    var read = Objects.requireNonNull(ConfigReader.read(policy, environment).configuration());

    assertThat(read.policy().tiers())
        .flatMap(Tier::models)
        .map(ModelId::name)
        .isSubsetOf(SimulatedModel.defaults().stream().map(SimulatedModel::name).toList());
  }

  /// What the simulator takes for a kind of token that has no price of its own.
  private static long rate(@Nullable Rate rate, @Nullable Rate otherwise) {
    var used = rate == null ? otherwise : rate;
    return used == null ? 0 : used.nanoUsdPerMillion();
  }
}
