package io.faregate.policy.lint;

import io.faregate.policy.ContextRules.Longer;
import io.faregate.policy.Plan;
import io.faregate.policy.Policy;
import io.faregate.policy.lint.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// Finds rules that never apply: of context, aliases and plans, and tiers that nothing leads to.
final class RuleLint {
  private final Policy policy;
  private final Use use;
  private final List<Finding> found = new ArrayList<>();

  RuleLint(Policy policy) {
    this.policy = policy;
    this.use = new Use(policy);
  }

  List<Finding> findings() {
    var rules = policy.context().longer();
    for (int i = 0; i < rules.size(); i++) {
      contextRule(rules.get(i), rules.subList(i + 1, rules.size()));
    }
    aliases();
    plans();
    tiers();
    return found;
  }

  /// The router takes the first rule that matches, longest first; `shorter` are those after it.
  private void contextRule(Longer rule, List<Longer> shorter) {
    var path = "context.long";
    var rank = policy.tier(rule.tier()).rank();
    var name = "the rule over " + rule.over();
    for (var other : shorter) {
      if (other.over() == rule.over()) {
        add(
            Kind.SHADOWED_RULE,
            path,
            """
            two rules begin over %d tokens, and only the one to %s ever applies: calls meant for \
            %s cost what %s does\
            """
                .formatted(rule.over(), rule.tier(), other.tier(), rule.tier()),
            "keep one of them");
        return;
      }
      var otherRank = policy.tier(other.tier()).rank();
      if (otherRank >= rank) {
        add(
            Kind.SHADOWED_RULE,
            path,
            otherRank == rank
                ? """
                %s raises to %s, as the one over %d does already: who reads it expects long calls \
                to cost otherwise than they do\
                """
                    .formatted(name, rule.tier(), other.over())
                : """
                %s raises to %s, the shorter calls of the one over %d to %s: the longest calls go \
                to a lower tier, fail there, and are paid for again\
                """
                    .formatted(name, rule.tier(), other.over(), other.tier()),
            "raise longer calls to a higher tier, or remove the rule");
        return;
      }
    }
    var lowest =
        Row.all(policy).stream().mapToInt(row -> policy.tier(row.task().tier()).rank()).min();
    if (rank <= lowest.orElse(0)) {
      add(
          Kind.DEAD_RULE,
          path,
          """
          %s raises to %s, and every task starts there or higher: it never moves a call, and who \
          counts on it finds long calls where they cost more\
          """
              .formatted(name, rule.tier()),
          "remove it, or name a higher tier");
    } else if (use.plans().stream().allMatch(plan -> endsBefore(plan, rule))) {
      add(
          Kind.DEAD_RULE,
          path,
          """
          %s applies to no call, since no plan allows so much input: what it was to move stays \
          where it is, or is refused\
          """
              .formatted(name),
          "lower it, or raise input_tokens of a plan");
    }
  }

  private static boolean endsBefore(Plan plan, Longer rule) {
    return Objects.requireNonNullElse(plan.inputTokens(), Long.MAX_VALUE) <= rule.over();
  }

  private void aliases() {
    var before = new ArrayList<String>();
    for (var pattern : policy.aliases().keySet()) {
      if (!pattern.endsWith("*")) {
        continue;
      }
      var start = pattern.substring(0, pattern.length() - 1);
      for (var earlier : before) {
        if (start.startsWith(earlier.substring(0, earlier.length() - 1))) {
          add(
              Kind.SHADOWED_RULE,
              "aliases." + pattern,
              """
              "%s" stands before "%s" and takes all its names: they go to %s, at its price\
              """
                  .formatted(earlier, pattern, policy.aliases().get(earlier)),
              "move the narrower pattern up, or remove it");
          break;
        }
      }
      before.add(pattern);
    }
  }

  private void plans() {
    for (var plan : new TreeSet<>(policy.plans().keySet())) {
      if (!Use.isUsed(policy, plan)) {
        add(
            Kind.DEAD_RULE,
            "plans." + plan,
            """
            no key has the plan %s, none says plan: from_request, and it is not the default: its \
            limits hold for nobody, and its callers pay as another plan\
            """
                .formatted(plan),
            "give it to a key, or remove it");
      }
    }
  }

  private void tiers() {
    var reached = use.tiers();
    for (var tier : policy.tiers()) {
      if (reached.contains(tier.name())) {
        continue;
      }
      add(
          Kind.UNREACHED_TIER,
          "tiers." + tier.name(),
          use.isAllowed(tier.name())
              ? """
              no task, step, fallback or rule leads to the tier %s: only calls that fit nowhere \
              else land there, at a price that nobody planned for\
              """
                  .formatted(tier.name())
              : """
              no plan that anybody has includes the tier %s: work planned for it is done on \
              another one, better paid or worse done than meant\
              """
                  .formatted(tier.name()),
          use.isAllowed(tier.name())
              ? "name it in a task or as a fallback, or remove it"
              : "add it to a plan, or remove it");
    }
  }

  private void add(Kind kind, String path, String message, String fix) {
    found.add(new Finding(kind, path, message, fix));
  }
}
