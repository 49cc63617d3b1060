package io.faregate.policy.lint;

import io.faregate.call.ModelId;
import io.faregate.money.Rates;
import io.faregate.money.Usage;
import io.faregate.policy.Policy;
import io.faregate.policy.Tier;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What is set aside for a usual call: 8,000 bytes of input, each of which may be a token, and
/// 4,000 tokens of output, or as many as the model writes or a limit leaves.
record Hold(ModelId model, long nanoUsd) {
  private static final long INPUT = 8_000;

  /// That of a model at the prices of the day; null when it has none.
  ///
  /// @param most tokens of output that the policy allows
  private static @Nullable Hold of(ModelId id, Policy policy, LocalDate day, long most) {
    var price = policy.price(id, day).orElse(null);
    if (price == null) {
      return null;
    }
    var rates = price.rates(INPUT);
    var dearest =
        new Rates(
            rates.dearestInput(false), null, null, null, rates.output(), null, rates.perCall());
    var usage = Usage.of(INPUT, Math.min(most, policy.model(id).reservedOutput(null)));
    var nanoUsd = dearest.ceiling(usage).nanoUsdOrNull();
    return nanoUsd == null ? null : new Hold(id, nanoUsd);
  }

  /// That of the first model of a tier that has a price; null when none has.
  ///
  /// @param most tokens of output that the policy allows
  static @Nullable Hold of(Tier tier, Policy policy, LocalDate day, long most) {
    for (var id : tier.models()) {
      var hold = of(id, policy, day, most);
      if (hold != null) {
        return hold;
      }
    }
    return null;
  }
}
