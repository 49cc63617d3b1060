package io.faregate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.budget.PlainBook.Line;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What may happen to a book over some days, by chance, done to a plain book as well, with the
/// answers compared. A wild life has overshoots, reloads and clocks that go back.
final class RandomLife {
  private static final long MOST_HOLD_NANO_USD = 300_000_000;

  private final Random chance;
  private final boolean wild;
  private final RandomPolicies policies;
  private final Book book;
  private final PlainBook plain;
  private final PlainShares shares;
  private final List<Spender> spenders = new ArrayList<>();
  private final Map<Line, Resolution> resolved = new HashMap<>();
  private Policy policy;
  private Instant now;

  RandomLife(Random chance, boolean wild) {
    this.chance = chance;
    this.wild = wild;
    now = Instant.parse("2026-03-27T00:00:00Z").plusSeconds(chance.nextLong(86_400L * 40));
    policies = new RandomPolicies(chance);
    policy = policies.next();
    book = new Book(policy, now);
    plain = new PlainBook(policy, now);
    shares = new PlainShares(policy);
  }

  Book book() {
    return book;
  }

  Instant now() {
    return now;
  }

  void step() {
    now = now.plusSeconds(chance.nextLong(wild && chance.nextInt(20) == 0 ? 1 : 2_400));
    switch (chance.nextInt(11)) {
      case 0, 1, 2, 3, 4, 5 -> hold();
      case 6, 7 -> resolveAny(plain.open());
      case 8 -> resolveAny(List.copyOf(resolved.keySet()));
      case 9 -> endAny();
      default -> clearAny();
    }
    if (wild && chance.nextInt(50) == 0) {
      policy = policies.next();
      book.apply(policy);
      plain.apply(policy);
    }
    if (wild && chance.nextInt(30) == 0) {
      now = now.minusSeconds(chance.nextLong(30_000));
    }
  }

  /// Nothing is past its limit, and no workflow past its share.
  void assertSafe() {
    for (var state : book.limits(now)) {
      var limit = state.limitNanoUsd();
      if (limit != null) {
        assertThat(state.spentNanoUsd() + state.heldNanoUsd() + state.inDoubtNanoUsd())
            .as("%s", state)
            .isLessThanOrEqualTo(limit);
      }
    }
    for (var state : book.premium()) {
      assertThat(1_000_000 * state.premiumCalls())
          .as("%s", state)
          .isLessThanOrEqualTo(shares.most(state));
      assertThat(state.creditMillionths()).as("%s", state).isNotNegative();
    }
  }

  void assertSameSums() {
    assertThat(book.limits(now))
        .allSatisfy(state -> assertThat(state).isEqualTo(plain.state(state.limit(), now)));
    assertThat(book.premium())
        .allSatisfy(state -> {
          assertThat(state.calls()).isEqualTo(shares.calls(state.workflow()));
          assertThat(state.premiumCalls()).isEqualTo(shares.premiumCalls(state.workflow()));
          assertThat(state.creditMillionths()).isEqualTo(shares.credit(state.workflow()));
        });
  }

  /// Resolves whatever is in flight.
  void endAll() {
    plain.open().forEach(this::resolve);
  }

  /// What a crash leaves: all that is in flight is in doubt.
  void crash() {
    for (var line : plain.open()) {
      assertThat(book.settle(line.bid.call(), line.bid.attempt(), 0, line.held)).isPresent();
    }
  }

  /// A book as the next start makes it, from the rows of all attempts and the saved credit.
  Book rebuilt() {
    var rebuilt = new Book(policy, now);
    for (var line : plain.lines()) {
      rebuilt.charge(line.bid.spender(), line.bid.at(), line.spent, line.inDoubt + line.held);
    }
    book.premium().forEach(rebuilt::restore);
    return rebuilt;
  }

  private void hold() {
    var bid = anyBid();
    var amount = bid.terms().ceiling(null).cost().nanoUsdOrNull();
    var slots = plain.slots(bid.spender(), bid.at());
    var limited = slots.stream().map(PlainBook.Slot::limit).filter(this::limits).findFirst();
    var wanting = plain.shortOf(slots, amount == null ? 0 : amount);
    var hold = book.hold(bid);
    if (amount == null && limited.isPresent()) {
      assertRefused(hold, Hold.NoPrice.class, limited.get());
    } else if (wanting.isPresent()) {
      assertRefused(hold, Hold.TooLittle.class, wanting.get());
    } else if (!shares.hold(bid)) {
      assertRefused(hold, Hold.NoCredit.class, null);
    } else {
      var credit = shares.credit(bid.spender().workflow());
      assertThat(hold).isInstanceOf(Hold.Held.class);
      var held = (Hold.Held) hold;
      assertThat(held.ceiling()).isEqualTo(bid.terms().ceiling(null));
      assertThat(held.outputCap()).isNull();
      assertThat(held.premium() == null ? null : held.premium().creditMillionths())
          .isEqualTo(credit);
      assertThat(plain.hold(bid, amount == null ? 0 : amount)).isPresent();
    }
  }

  private boolean limits(Limit limit) {
    return plain.limitNanoUsd(limit) != null;
  }

  private static void assertRefused(
      Hold hold, Class<? extends Hold.Barrier> by, @Nullable Limit limit) {
    assertThat(hold)
        .isInstanceOfSatisfying(
            Hold.Refused.class,
            refused -> {
              assertThat(refused.barrier()).isInstanceOf(by);
              assertThat(limit(refused.barrier())).isEqualTo(limit);
            });
  }

  private static @Nullable Limit limit(Hold.Barrier barrier) {
    var state =
        switch (barrier) {
          case Hold.TooLittle(_, var limit) -> limit;
          case Hold.NoPrice(var limit) -> limit;
          case Hold.NoBound(_, var limit) -> limit;
          case Hold.NoCredit _, Hold.MaxCost _ -> null;
        };
    return state == null ? null : state.limit();
  }

  private Bid anyBid() {
    int call = chance.nextInt(4) > 0 ? spenders.size() : chance.nextInt(spenders.size() + 1);
    if (call == spenders.size()) {
      spenders.add(anySpender());
    }
    var of = spenders.get(call);
    var tier = pick(RandomPolicies.TIERS);
    var nanoUsd = chance.nextLong(MOST_HOLD_NANO_USD);
    var terms = chance.nextInt(20) == 0 ? Bids.unpriced() : Bids.costing(nanoUsd);
    var attempt = Math.toIntExact(plain.lines().size());
    var spender = new Spender(of.key(), of.workflow(), tier);
    return new Bid("c" + call, attempt, spender, tier.equals("premium"), terms, now);
  }

  private Spender anySpender() {
    var workflow = chance.nextInt(4) == 0 ? null : pick(RandomPolicies.WORKFLOWS);
    var strange = chance.nextInt(20) == 0;
    return new Spender(strange ? "strange" : pick(RandomPolicies.KEYS), workflow, "low");
  }

  private void resolveAny(List<Line> lines) {
    if (!lines.isEmpty()) {
      resolve(pick(lines));
    }
  }

  /// Settles or releases; what is resolved already keeps its first result.
  private void resolve(Line line) {
    var cost = anyShareOf(line.held);
    var doubt = chance.nextInt(3) == 0 ? line.held - Math.min(cost, line.held) : 0;
    var released = chance.nextInt(5) == 0;
    var result =
        released
            ? book.release(line.bid.call(), line.bid.attempt())
            : book.settle(line.bid.call(), line.bid.attempt(), cost, doubt);
    if (line.open) {
      line.open = false;
      line.spent = released ? 0 : cost;
      line.inDoubt = released ? 0 : doubt;
      var over = Math.max(0, line.spent + line.inDoubt - line.held);
      resolved.put(line, new Resolution(line.spent, line.inDoubt, over));
      line.held = 0;
    }
    assertThat(result).contains(resolved.get(line));
  }

  private void endAny() {
    if (spenders.isEmpty()) {
      return;
    }
    int call = chance.nextInt(spenders.size());
    var servedTop = chance.nextBoolean();
    var workflow = spenders.get(call).workflow();
    var known = shares.running("c" + call);
    shares.ended("c" + call, workflow, servedTop);
    var ended = book.ended("c" + call, servedTop);
    assertThat(ended == null ? null : ended.creditMillionths())
        .isEqualTo(known ? shares.credit(workflow) : null);
  }

  /// Ends a doubt by hand, if the windows of the attempt are those of its time.
  private void clearAny() {
    var lines =
        plain.lines().stream()
            .filter(line -> line.inDoubt > 0)
            .filter(
                line -> line.slots.stream().noneMatch(slot -> slot.from().isAfter(line.bid.at())))
            .toList();
    if (lines.isEmpty()) {
      return;
    }
    var line = pick(lines);
    var cost = chance.nextLong(line.inDoubt + 1);
    book.resolve(line.bid.spender(), line.bid.at(), line.inDoubt, cost);
    line.spent += cost;
    line.inDoubt = 0;
  }

  private long anyShareOf(long held) {
    return wild && chance.nextInt(20) == 0
        ? held + chance.nextLong(MOST_HOLD_NANO_USD)
        : chance.nextLong(held + 1);
  }

  private <T> T pick(List<T> from) {
    return from.get(chance.nextInt(from.size()));
  }
}
