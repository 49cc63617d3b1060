package io.faregate.budget;

import io.faregate.call.Demand;
import io.faregate.call.ModelId;
import io.faregate.call.Protocol;
import io.faregate.call.Segments;
import io.faregate.money.Price;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.policy.Model;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Bids of a known ceiling.
final class Bids {
  static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");

  private Bids() {}

  /// Terms whose ceiling is that amount: a fee for the call, and no tokens.
  static Terms costing(long nanoUsd) {
    var fee = new Rate(Math.multiplyExact(nanoUsd, 1_000_000L));
    var rates = new Rates(null, null, null, null, null, null, fee);
    return terms(BudgetText.price(rates, new TreeMap<>()), 0L);
  }

  /// Terms without a price.
  static Terms unpriced() {
    return terms(null, 0L);
  }

  static Terms terms(@Nullable Price price, @Nullable Long outputLimit) {
    return new Terms(demand(0, null), outputLimit, model(null), price, null);
  }

  static Demand demand(long inputBound, @Nullable String unbounded) {
    return new Demand(
        Protocol.CHAT,
        Segments.NONE,
        List.of(),
        inputBound,
        null,
        1,
        false,
        false,
        Set.of(),
        unbounded);
  }

  static Model model(@Nullable Long most) {
    return new Model(new ModelId("p", "m"), null, most, Set.of(), false);
  }

  /// The first attempt of a call at noon; it counts as premium in the tier of that name.
  static Bid bid(String call, Spender spender, long nanoUsd) {
    return bid(call, spender, nanoUsd, NOON);
  }

  static Bid bid(String call, Spender spender, long nanoUsd, Instant at) {
    return new Bid(call, 1, spender, spender.tier().equals("premium"), costing(nanoUsd), at);
  }
}
