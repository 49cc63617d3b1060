package io.faregate.policy.route;

import io.faregate.call.ModelId;
import io.faregate.money.Rate;
import io.faregate.money.Rates;
import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names that a call may carry as its model: what each one stands for, and between which prices
/// it may be served.
public final class Offers {
  private final Policy policy;
  private final LocalDate day;
  private final Map<String, Offer> byName = new LinkedHashMap<>();

  /// One of the names.
  ///
  /// @param kind `policy`, `task`, `step`, `model` or `alias`
  /// @param models those that may serve it, fallbacks included
  /// @param input between which prices its input may be, or null when no price is known
  /// @param output the same of its output
  /// @param unpriced how many of the models have no price, and so no place between them
  public record Offer(
      String kind,
      List<ModelId> models,
      @Nullable Range input,
      @Nullable Range output,
      int unpriced) {}

  /// Prices of a short input in dollars per million tokens, as text: `0.25`.
  public record Range(String from, String to) {}

  private Offers(Policy policy, LocalDate day) {
    this.policy = policy;
    this.day = day;
  }

  /// All of them, in the order in which a person should meet them.
  ///
  /// @param day whose prices hold
  public static Map<String, Offer> of(Policy policy, LocalDate day) {
    var offers = new Offers(policy, day);
    offers.gather();
    return Collections.unmodifiableMap(offers.byName);
  }

  private void gather() {
    var ladder = policy.ladder();
    add("auto", "policy", ladder);
    new TreeMap<>(policy.tasks()).forEach((name, row) -> row("task/" + name, "task", row));
    new TreeMap<>(policy.workflows())
        .forEach((workflow, steps) ->
            new TreeMap<>(steps.steps())
                .forEach((step, row) -> row(workflow + "/" + step, "step", row)));
    ladder.forEach(model -> add(model.toString(), "model", List.of(model)));
    policy.aliases().forEach(this::alias);
  }

  private void row(String name, String kind, Task row) {
    var tiers = Stream.concat(Stream.of(row.tier()), row.fallback().stream());
    var models = tiers.flatMap(tier -> policy.tier(tier).models().stream()).distinct().toList();
    add(name, kind, models);
  }

  /// A pattern is no name.
  private void alias(String name, String target) {
    if (!name.endsWith("*")) {
      var offer = byName.get(target);
      add(name, "alias", offer == null ? offTheLadder(target) : offer.models());
    }
  }

  private List<ModelId> offTheLadder(String target) {
    return policy.models().keySet().stream()
        .filter(model -> model.toString().equals(target) || model.name().equals(target))
        .toList();
  }

  private void add(String name, String kind, List<ModelId> models) {
    var rates =
        models.stream()
            .map(model -> policy.price(model, day))
            .flatMap(Optional::stream)
            .map(price -> price.rates(0))
            .toList();
    var unpriced = models.size() - rates.size();
    var input = range(rates, Rates::input);
    var output = range(rates, Rates::output);
    byName.put(name, new Offer(kind, models, input, output, unpriced));
  }

  private static @Nullable Range range(List<Rates> rates, Function<Rates, @Nullable Rate> kind) {
    var each =
        rates.stream()
            .map(kind)
            .filter(Objects::nonNull)
            .map(Rate::nanoUsdPerMillion)
            .sorted()
            .map(Rate::new)
            .map(Rate::usdPerMillion)
            .toList();
    return each.isEmpty() ? null : new Range(each.getFirst(), each.getLast());
  }
}
