package io.faregate.budget;

import io.faregate.Words;
import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Protocol;
import io.faregate.call.Segments;
import io.faregate.money.Cost;
import io.faregate.money.GoldenRates;
import io.faregate.money.Money;
import io.faregate.money.Price;
import io.faregate.money.Rates;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.policy.Model;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lines of the golden files of this room: a price, the ceiling of an attempt, and how the
/// attempt is settled.
final class BudgetText {
  private @Nullable Price price;
  private Ceiling ceiling = new Ceiling(0, 0, new Cost.Unpriced());

  /// What the next line of a file answers.
  String answer(String line) {
    var words = Words.of(line);
    return switch (words.kind()) {
      case "price" -> given(price(GoldenRates.rates(words), new TreeMap<>()));
      case "above" -> given(above(words));
      case "no-price" -> given(null);
      case "ceiling" -> ceiling(words);
      case "settle" -> settle(words);
      default -> throw new IllegalArgumentException("no such line: " + line);
    };
  }

  static Price price(Rates rates, NavigableMap<Long, Rates> above) {
    return new Price(ServiceTier.STANDARD, rates, above, LocalDate.EPOCH, null, "golden");
  }

  private String given(@Nullable Price price) {
    this.price = price;
    return "";
  }

  private Price above(Words words) {
    if (price == null) {
      throw new IllegalArgumentException("above comes after price");
    }
    var above = new TreeMap<>(price.above());
    above.put(Long.valueOf(words.rest().getFirst()), GoldenRates.rates(words));
    return price(price.rates(), above);
  }

  private String ceiling(Words words) {
    var model =
        new Model(
            new ModelId("p", "m"),
            words.number("window"),
            words.number("model-max"),
            Set.of(),
            false);
    ceiling = Ceiling.of(demand(words), words.number("limit"), model, price);
    return "input %d  output %d  %s"
        .formatted(ceiling.inputTokens(), ceiling.outputTokens(), shown(ceiling.cost()));
  }

  private static Demand demand(Words words) {
    return new Demand(
        Protocol.CHAT,
        Segments.NONE,
        List.of(),
        words.number("bytes", 0),
        null,
        (int) words.number("choices", 1),
        false,
        words.has("cache"),
        words.has("file") ? Set.of(Capability.FILES) : Set.of(),
        null);
  }

  private String settle(Words words) {
    var known =
        new Settlement.Known(
            Ending.valueOf(words.rest().getFirst().toUpperCase(Locale.ROOT)),
            words.text("input") == null ? null : GoldenRates.usage(words),
            estimate(words.text("estimate", "0/0")),
            words.number("seen", 0),
            words.has("hidden"));
    var settled = Settlement.of(known, ceiling, price, !words.has("billed-as-seen"));
    var doubt = settled.inDoubtNanoUsd();
    return settled.source().word()
        + "  "
        + shown(settled.cost())
        + (doubt == 0 ? "" : "  in doubt " + new Money(doubt));
  }

  private static Usage estimate(String text) {
    int slash = text.indexOf('/');
    return Usage.of(
        Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
  }

  private static String shown(Cost cost) {
    var nanoUsd = cost.nanoUsdOrNull();
    return nanoUsd == null ? "unpriced" : new Money(nanoUsd).toString();
  }
}
