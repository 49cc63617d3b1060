package io.faregate.config.worksheet;

import io.faregate.call.ModelId;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.ValueText;
import io.faregate.worksheet.plan.Basis;
import io.faregate.worksheet.plan.ChainPlan;
import io.faregate.worksheet.plan.ChainTier;
import io.faregate.worksheet.plan.Check;
import io.faregate.worksheet.plan.Odds;
import io.faregate.worksheet.plan.Route;
import io.faregate.worksheet.plan.Target;
import io.faregate.worksheet.plan.Volume;
import io.faregate.worksheet.plan.Volume.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a worksheet, in order: a row may count its calls from those of one above it.
final class Rows {
  private static final int MOST_RETRIES = 20;
  private static final List<String> AVERAGES =
      List.of("retry_rate", "fallback_retry_rate", "fallback_rate", "failure_rate");

  private final Targets targets;
  private final Map<String, Long> actions;
  private final Map<String, Set<String>> above = new LinkedHashMap<>();
  private final List<Route> routes = new ArrayList<>();

  Rows(Targets targets, Map<String, Long> actions) {
    this.targets = targets;
    this.actions = actions;
  }

  /// The rows that could be read, so far.
  List<Route> routes() {
    return routes;
  }

  /// The steps of the rows so far, by workflow, whether or not the rows are right.
  Map<String, Set<String>> steps() {
    return above;
  }

  /// Reads a row.
  void read(Mapping file) {
    var workflow = file.require("workflow", Item::text, "name the product function: support");
    var step = file.require("step", Item::text, "name the kind of call: faq");
    var volume = volume(file, workflow);
    var chain = chain(file);
    var first = first(file, chain);
    var fallback = fallback(file, chain);
    var shape = Shapes.read(file);
    // Of a chain that cannot be read nobody knows whether it falls back.
    var odds = odds(file, fallback != null || (chain == null && file.has("chain")));
    var check = file.read("check", item -> check(item.mapping()));
    var overhead = file.read("overhead", Item::money, 0L);
    var basis = file.read("basis", item -> item.word(Basis.class), Basis.ESTIMATED);
    file.end();
    if (workflow == null || step == null) {
      return;
    }
    if (!above.computeIfAbsent(workflow, _ -> new HashSet<>()).add(step)) {
      file.item()
          .errorAtKey(
              "%s/%s is here twice".formatted(workflow, step),
              "give one of them another step, or add them up");
    }
    if (first != null && volume != null) {
      routes.add(
          new Route(
              workflow, step, volume, first, fallback, shape, odds, check, overhead, chain, basis));
    }
  }

  private @Nullable Volume volume(Mapping file, @Nullable String workflow) {
    var requests =
        file.require("requests", item -> item, "say how many calls a month has: requests: 10000");
    var of = file.item("of");
    var outcome = file.read("outcome", item -> item.word(Outcome.class));
    if (of == null && file.has("outcome")) {
      file.key("outcome")
          .error("outcome without of", "name the step whose calls are meant, like of: faq");
    }
    if (requests == null) {
      return null;
    }
    if (of == null && !String.valueOf(requests.text()).endsWith("%")) {
      var calls = Amounts.calls(requests);
      return calls == null ? null : new Volume.Stated(calls);
    }
    var share =
        requests.value(
            ValueText::share,
            "a share from 0% to 100%",
            of == null ? "write it like 55% or 55000" : "write it like 55%: of counts from a step");
    var step =
        of == null || workflow == null
            ? null
            : of.oneOf("step above", above.getOrDefault(workflow, Set.of()));
    if (share == null || workflow == null) {
      return null;
    }
    if (of != null) {
      return step == null
          ? null
          : new Volume.OfStep(step, outcome == null ? Outcome.STARTED : outcome, share);
    }
    if (!actions.containsKey(workflow)) {
      requests.error(
          "a share of the actions of %s, of which actions says nothing".formatted(workflow),
          "add actions: { %s: 100000 }, or write a number of calls".formatted(workflow));
      return null;
    }
    return new Volume.OfActions(share);
  }

  private @Nullable Target first(Mapping file, @Nullable ChainPlan chain) {
    if (chain == null) {
      return file.require("first", targets::read, "name the tier or model that calls go to first");
    }
    var begin = chain.tiers().getFirst().target();
    var first = file.read("first", targets::read, begin);
    refuseOther(file.item("first"), first, begin);
    return first;
  }

  private @Nullable Target fallback(Mapping file, @Nullable ChainPlan chain) {
    var item = file.item("fallback");
    var second = chain == null || chain.tiers().size() < 2 ? null : chain.tiers().get(1).target();
    if (item == null) {
      return second;
    }
    var none = Targets.NONE.equals(item.text());
    var fallback = none ? null : targets.read(item);
    if (chain != null && (none || fallback != null)) {
      refuseOther(item, fallback, second);
    }
    return fallback;
  }

  /// What a row says of its first two tiers is what its chain says.
  private static void refuseOther(
      @Nullable Item item, @Nullable Target said, @Nullable Target inChain) {
    if (item != null && !Objects.equals(model(said), model(inChain))) {
      item.error(
          "%s is %s, and its chain has %s in that place"
              .formatted(item.path(), item.text(), inChain == null ? "nothing" : inChain.name()),
          "leave it out, or change the chain");
    }
  }

  private static @Nullable ModelId model(@Nullable Target target) {
    return target == null ? null : target.model();
  }

  private static Odds odds(Mapping file, boolean falls) {
    if (!falls) {
      for (var key : List.of("fallback_rate", "fallback_retry_rate")) {
        if (file.has(key)) {
          var fix =
              file.has("chain")
                  ? "add a second tier to the chain, or remove the rate"
                  : "name the tier in fallback";
          file.key(key).error(key + " without fallback", fix);
        }
      }
    }
    return new Odds(
        file.read("retry_rate", Item::share, 0L),
        file.read("fallback_retry_rate", Item::share),
        file.read("fallback_rate", Item::share, 0L),
        file.read("failure_rate", Rows::belowAll, 0L),
        file.read("correction_rate", Item::share, 0L),
        file.read("billed_share", Item::share, Odds.ALL));
  }

  private static @Nullable Long belowAll(Item item) {
    var share = item.share();
    if (share != null && share == Odds.ALL) {
      item.error(item.path() + " is 100%, so nothing is ever completed", "give it a smaller share");
      return null;
    }
    return share;
  }

  private @Nullable Check check(Mapping file) {
    var key = file.has("model") ? "model" : "tier";
    file.allow("tier", "model");
    var target = file.require(key, targets::read, "name the tier or model that looks at answers");
    var shape = Shapes.read(file);
    file.end();
    return target == null ? null : new Check(target, shape);
  }

  /// A chain is used where the row says no averages.
  private @Nullable ChainPlan chain(Mapping row) {
    var item = row.item("chain");
    if (item == null) {
      return null;
    }
    var file = item.mapping();
    var correlated = file.read("correlated", Item::share, 0L);
    var tiers = file.require("tiers", this::tiers, "list the tiers in the order they are tried");
    file.end();
    return tiers == null || tiers.isEmpty()
        ? null
        : new ChainPlan(tiers, correlated, AVERAGES.stream().noneMatch(row::has));
  }

  private List<ChainTier> tiers(Item item) {
    var tiers = new ArrayList<ChainTier>();
    for (var element : item.list()) {
      var file = element.mapping();
      var key = file.has("model") ? "model" : "tier";
      file.allow("tier", "model");
      var target = file.require(key, targets::read, "name the tier or model");
      var tier =
          target == null
              ? null
              : new ChainTier(
                  target,
                  file.read("failed", Item::share, 0L),
                  file.read("retries", Item.integer(0, MOST_RETRIES), 0),
                  file.read("rejected", Item::share, 0L));
      file.allow("failed", "retries", "rejected");
      file.end();
      if (tier != null) {
        tiers.add(tier);
      }
    }
    return tiers;
  }
}
