package io.faregate.budget;

import static io.faregate.budget.Bids.NOON;
import static io.faregate.budget.Bids.bid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.Golden;
import io.faregate.call.Reason;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Workflow;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookTest {
  private static final Path GOLDEN = Path.of("src/test/golden/budget");
  private static final Spender SPENDER = new Spender("none", null, "low");

  @ParameterizedTest
  @ValueSource(
      strings = {"limits.txt", "windows.txt", "doubt.txt", "premium.txt", "caps.txt", "reload.txt"})
  void keepsEveryLimit(String file) {
    Golden.checkTable(GOLDEN.resolve(file), new BookText()::answer);
  }

  @Test
  void refusesToHoldOneAttemptTwice() {
    var book = book();
    assertThat(book.hold(bid("c1", SPENDER, 5))).isInstanceOf(Hold.Held.class);

    assertThatThrownBy(() -> book.hold(bid("c1", SPENDER, 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("attempt 1 of c1 is held already");
    assertThat(book.limits(NOON).getFirst().heldNanoUsd()).isEqualTo(5);
  }

  @Test
  void refusesNegativeAmounts() {
    var book = book();

    assertThatThrownBy(() -> book.settle("c1", 1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> book.settle("c1", 1, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forgetsTheResultOfAnAttemptAfterTenThousandOthers() {
    var book = book();
    IntStream.rangeClosed(0, Resolved.REMEMBERED)
        .forEach(i -> {
          assertThat(book.hold(bid("c" + i, SPENDER, 1))).isInstanceOf(Hold.Held.class);
          assertThat(book.settle("c" + i, 1, i, 0)).isPresent();
        });

    assertThat(book.settle("c0", 1, 1, 0)).isEmpty();
    assertThat(book.settle("c1", 1, 9, 0)).contains(new Resolution(1, 0, 0));
  }

  @Test
  void holdsWhatIsKnownOfACostThatMayBeMoreUnlessALimitApplies() {
    var price = Bids.bid("c1", SPENDER, 5).terms();
    var terms =
        new Terms(price.demand(), price.outputLimit(), price.model(), price.price(), null, true);
    var bid = new Bid("c1", 1, SPENDER, false, terms, NOON);
    var limited = new LimitedPolicy();
    limited.tier("low", 100L);

    assertThat(book().hold(bid)).isInstanceOf(Hold.Held.class);
    assertThat(new Book(limited.policy(), NOON).hold(bid))
        .isInstanceOfSatisfying(
            Hold.Refused.class,
            refused -> assertThat(refused.barrier()).isInstanceOf(Hold.NoPrice.class));
  }

  @Test
  void remembersWhatANameHasSpentThatThePolicyLacksForNow() {
    var book = book();
    var gone = new Spender("gone", null, "low");

    book.charge(gone, NOON, 7, 2);
    var back = new LimitedPolicy();
    back.tier("low", null);
    back.key("gone", Budgets.NONE);
    book.apply(back.policy());

    assertThat(book.limits(NOON))
        .filteredOn(state -> state.limit().scope().equals("key:gone"))
        .hasSize(2)
        .allMatch(state -> state.usedNanoUsd() == 9);
  }

  @Test
  void remembersTheCreditOfAWorkflowThatThePolicyLacksForNow() {
    var book = book();

    book.restore(new PremiumState("gone", 0, 40, 4, 1_200_000));
    assertThat(book.premium()).isEmpty();
    var back = new LimitedPolicy();
    back.tier("low", null);
    back.workflow(new Workflow("gone", Map.of(), Budgets.NONE, 100_000L, 5));
    book.apply(back.policy());

    assertThat(book.premium()).containsExactly(new PremiumState("gone", 100_000, 40, 4, 1_200_000));
  }

  @Test
  void countsNoLessThanNothingWhenMoreIsTakenBackThanWasCounted() {
    var book = book();

    book.resolve(SPENDER, NOON, 5, -5);

    assertThat(book.limits(NOON)).allMatch(state -> state.usedNanoUsd() == 0);
  }

  @Test
  void holdsNothingOnAnyLimitWhenASumWouldPassItsRange() {
    var book = book();
    var most = Long.MAX_VALUE;
    book.charge(SPENDER, NOON, most - 5, 0);

    assertThat(book.hold(bid("c1", SPENDER, 6))).isInstanceOf(Hold.Refused.class);
    assertThat(book.limits(NOON)).allMatch(state -> state.heldNanoUsd() == 0);
    assertThat(book.hold(bid("c1", SPENDER, 5))).isInstanceOf(Hold.Held.class);
  }

  @Test
  void countsAnAbsurdCostAsAllThatALimitHas() {
    var book = book();
    assertThat(book.hold(bid("c1", SPENDER, 5))).isInstanceOf(Hold.Held.class);
    assertThat(book.hold(bid("c2", SPENDER, 5))).isInstanceOf(Hold.Held.class);

    assertThat(book.settle("c1", 1, Long.MAX_VALUE, Long.MAX_VALUE))
        .contains(new Resolution(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 5));
    assertThat(book.release("c2", 1)).contains(new Resolution(0, 0, 0));
    assertThat(book.limits(NOON))
        .allMatch(state -> state.usedNanoUsd() == Long.MAX_VALUE && state.heldNanoUsd() == 0);
    assertThat(book.hold(bid("c3", SPENDER, 1))).isInstanceOf(Hold.Refused.class);
  }

  @Test
  void keepsTheSumsOfAVanishedNameNoLongerThanItsWindow() {
    var day = new Account(Limit.ofKey("web", Period.DAY), Reason.KEY_BUDGET, ZoneOffset.UTC, NOON);
    assertThat(day.used(NOON)).isFalse();

    day.tally(NOON).charge(0, 1);

    assertThat(day.used(NOON)).isTrue();
    assertThat(day.used(day.state(NOON).resetsAt())).isFalse();
  }

  private static Book book() {
    var policy = new LimitedPolicy();
    policy.tier("low", null);
    return new Book(policy.policy(), NOON);
  }
}
