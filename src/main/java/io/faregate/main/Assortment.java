package io.faregate.main;

import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.policy.Policy;
import io.faregate.simulator.SimulatedModel;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a simulated provider sells in place of a real one.
final class Assortment {
  private static final long USUAL_WINDOW = 128_000;

  private Assortment() {}

  /// The provider's models of the ladder, at the prices of the policy on that day: its bill must
  /// agree with the ledger.
  static List<SimulatedModel> of(Policy policy, String provider, LocalDate day) {
    return policy.ladder().stream()
        .filter(model -> model.provider().equals(provider))
        .map(model -> {
          var price = policy.price(model, day).orElseThrow();
          var window = policy.model(model).windowTokens();
          return simulated(model.name(), price, window == null ? USUAL_WINDOW : window);
        })
        .toList();
  }

  private static SimulatedModel simulated(String name, Price price, long window) {
    var rates = price.rates();
    return new SimulatedModel(
        name,
        perMillion(rates.input()),
        perMillion(rates.cacheRead()),
        perMillion(writeRate(rates.cacheWrite5m(), rates.input())),
        perMillion(writeRate(rates.cacheWrite1h(), rates.input())),
        perMillion(rates.output()),
        window);
  }

  /// Where writing has no price of its own it is input.
  private static @Nullable Rate writeRate(@Nullable Rate write, @Nullable Rate input) {
    return write == null ? input : write;
  }

  private static long perMillion(@Nullable Rate rate) {
    return rate == null ? 0 : rate.nanoUsdPerMillion();
  }
}
