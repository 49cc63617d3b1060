package io.faregate.budget;

import io.faregate.Words;
import io.faregate.money.GoldenRates;
import io.faregate.money.Money;
import io.faregate.policy.Limits.Budgets;
import io.faregate.policy.Workflow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lines of the golden files of the book: limits, the time, and what happens to attempts. An
/// attempt is written `c1`, or `c1.2` for the second of a call; amounts are dollars; a hold without
/// rates is of the amount that stands there.
///
/// ```
/// tier     premium 0.010
/// workflow support month=5 share=10% burst=2
/// open     2026-08-01T12:00:00Z
/// hold     c1 premium 0.004 key=web workflow=support
/// settle   c1 0.0015 doubt=0.001
/// ```
final class BookText {
  private LimitedPolicy policy = new LimitedPolicy();
  private @Nullable Book opened;
  private Instant now = Instant.EPOCH;
  private String top = "";

  /// What the next line of a file answers.
  String answer(String line) {
    var words = Words.of(line);
    return isGiven(words) ? "" : Optional.ofNullable(happens(words)).orElseGet(() -> shows(words));
  }

  private boolean isGiven(Words words) {
    switch (words.kind()) {
      case "zone" -> {
        policy = new LimitedPolicy();
        policy.zone(ZoneId.of(name(words)));
        opened = null;
      }
      case "tier" -> {
        policy.tier(name(words), words.rest().size() < 2 ? null : nanoUsd(words.rest().get(1)));
        top = opened == null ? name(words) : top;
      }
      case "all" -> policy.total(budgets(words));
      case "share" -> policy.share(millionths(name(words)), (int) words.number("burst", 10));
      case "workflow" -> policy.workflow(workflow(words));
      case "key" -> policy.key(name(words), budgets(words));
      case "without" -> policy.without(name(words));
      case "open" -> open(words);
      case "reload" -> book().apply(policy.policy());
      case "at" -> now = Instant.parse(name(words));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void open(Words words) {
    now = Instant.parse(name(words));
    opened = new Book(policy.policy(), now);
  }

  private @Nullable String happens(Words words) {
    var book = book();
    return switch (words.kind()) {
      case "hold" -> shown(book.hold(bid(words)));
      case "settle" ->
          shown(
              book.settle(
                  call(words),
                  attempt(words),
                  nanoUsd(words.rest().get(1)),
                  nanoUsd(words.text("doubt", "0"))));
      case "release" -> shown(book.release(call(words), attempt(words)));
      case "ended" -> {
        var share = book.ended(call(words), words.has("premium"));
        yield credit(share == null ? null : share.creditMillionths());
      }
      case "charge" -> {
        var doubt = nanoUsd(words.text("doubt", "0"));
        book.charge(spender(words, 0), now, nanoUsd(words.rest().get(1)), doubt);
        yield "";
      }
      case "resolve" -> {
        var cost = nanoUsd(words.rest().get(1));
        var at = Instant.parse(words.text("at", now.toString()));
        book.resolve(spender(words, 0), at, nanoUsd(words.text("doubt", "0")), cost);
        yield "";
      }
      default -> null;
    };
  }

  private String shows(Words words) {
    return switch (words.kind()) {
      case "limit" -> shown(limit(words));
      case "premium" ->
          book().premium().stream()
              .filter(
                  state -> Optional.ofNullable(state.workflow()).orElse("-").equals(name(words)))
              .map(state ->
                  "calls %d  premium %d  %s"
                      .formatted(
                          state.calls(), state.premiumCalls(), credit(state.creditMillionths())))
              .findFirst()
              .orElse("not limited");
      default -> throw new IllegalArgumentException("no such line: " + words);
    };
  }

  private LimitState limit(Words words) {
    return book().limits(now).stream()
        .filter(state -> state.limit().scope().equals(name(words)))
        .filter(state -> state.limit().period() == Period.valueOf(words.rest().get(1)))
        .findFirst()
        .orElseThrow();
  }

  private Bid bid(Words words) {
    var spender = spender(words, 1);
    var terms = words.rest().size() > 2 ? stated(words) : metered(words);
    var most = words.text("call-left");
    var left = most == null ? null : Long.valueOf(nanoUsd(most));
    return new Bid(
        call(words), attempt(words), spender, spender.tier().equals(top), terms, now, left);
  }

  /// An amount, `unpriced` or `unbounded` in place of terms.
  private static Terms stated(Words words) {
    return switch (words.rest().get(2)) {
      case "unpriced" -> Bids.unpriced();
      case "unbounded" -> {
        var usual = Bids.costing(0);
        yield new Terms(
            Bids.demand(0, "a search without a cap"), 0L, usual.model(), usual.price(), null);
      }
      case String amount -> Bids.costing(nanoUsd(amount));
    };
  }

  private static Terms metered(Words words) {
    return new Terms(
        Bids.demand(words.number("bytes", 0), null),
        words.number("limit"),
        Bids.model(words.number("model-max")),
        BudgetText.price(GoldenRates.rates(words), new TreeMap<>()),
        words.number("usual"));
  }

  private static Spender spender(Words words, int tier) {
    return new Spender(words.text("key", "none"), words.text("workflow"), words.rest().get(tier));
  }

  private static String shown(Hold hold) {
    return switch (hold) {
      case Hold.Held(var ceiling, var cap, var premium) -> {
        var amount = ceiling.cost().nanoUsdOrNull();
        yield "held "
            + (amount == null ? "unpriced" : new Money(amount))
            + (cap == null ? "" : "  cap " + cap)
            + (premium == null ? "" : "  " + credit(premium.creditMillionths()));
      }
      case Hold.Refused(var barrier, _) -> "refused " + shown(barrier);
    };
  }

  private static String shown(Hold.Barrier barrier) {
    var reason = barrier.reason();
    var word = reason == null ? "by the call" : reason.word();
    return switch (barrier) {
      case Hold.NoCredit(var premium) -> word + "  " + credit(premium.creditMillionths());
      case Hold.NoBound(_, var limit) -> "unbounded " + word + standing(limit);
      case Hold.NoPrice(var limit) -> word + standing(limit);
      case Hold.TooLittle(_, var limit) -> word + standing(limit);
      case Hold.MaxCost() -> word;
    };
  }

  private static String standing(@Nullable LimitState state) {
    return state == null
        ? ""
        : "  %s of %s  left %s  resets %s"
            .formatted(
                state.limit().name(),
                state.limit().scope(),
                usd(state.freeNanoUsd()),
                state.resetsAt());
  }

  private static String shown(Optional<Resolution> resolution) {
    return resolution
        .map(known ->
            "spent "
                + new Money(known.costNanoUsd())
                + (known.inDoubtNanoUsd() == 0
                    ? ""
                    : "  in doubt " + new Money(known.inDoubtNanoUsd()))
                + (known.overshootNanoUsd() == 0
                    ? ""
                    : "  overshoot " + new Money(known.overshootNanoUsd())))
        .orElse("no such hold");
  }

  private static String shown(LimitState state) {
    return "spent %s  held %s  in doubt %s  free %s  resets %s"
        .formatted(
            new Money(state.spentNanoUsd()),
            new Money(state.heldNanoUsd()),
            new Money(state.inDoubtNanoUsd()),
            usd(state.freeNanoUsd()),
            state.resetsAt());
  }

  private static String credit(@Nullable Long millionths) {
    return millionths == null
        ? "not limited"
        : "credit " + BigDecimal.valueOf(millionths, 6).toPlainString();
  }

  private static String usd(@Nullable Long nanoUsd) {
    return nanoUsd == null ? "without limit" : new Money(nanoUsd).toString();
  }

  private static Workflow workflow(Words words) {
    var share = words.text("share");
    var burst = words.number("burst");
    return new Workflow(
        name(words),
        Map.of(),
        budgets(words),
        share == null ? null : millionths(share),
        burst == null ? null : burst.intValue());
  }

  private static Budgets budgets(Words words) {
    var day = words.text("day");
    var month = words.text("month");
    return new Budgets(day == null ? null : nanoUsd(day), month == null ? null : nanoUsd(month));
  }

  private static Long millionths(String percent) {
    return new BigDecimal(percent.replace("%", "")).movePointRight(4).longValueExact();
  }

  private static long nanoUsd(String usd) {
    return Money.parse(usd).nanoUsd();
  }

  private static String name(Words words) {
    return words.rest().getFirst();
  }

  private static String call(Words words) {
    return name(words).replaceFirst("\\..*", "");
  }

  private static int attempt(Words words) {
    var dot = name(words).indexOf('.');
    return dot < 0 ? 1 : Integer.parseInt(name(words).substring(dot + 1));
  }

  private Book book() {
    return Optional.ofNullable(opened).orElseThrow();
  }
}
