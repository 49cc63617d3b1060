package io.faregate.policy.route;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.faregate.Words;
import io.faregate.call.Call;
import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.call.ModelId;
import io.faregate.call.Named;
import io.faregate.call.Protocol;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.policy.Affinity;
import io.faregate.policy.Decision;
import io.faregate.policy.Limited;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lines of a golden file of decisions: those of [PolicyText], and calls. Four bytes are a
/// token, unless a line `scale p/m=2` says otherwise of a model.
///
/// ```
/// call task=faq step=metadata:answer user=400 turns=100,100 needs=tools output=50
/// ```
///
/// A line `unhealthy p/a,p/b` says which models fail; `limited mid tier_spend_limit daily_spend
/// tier:mid` that the book has refused the call on a tier; `affinity p/a warm=900 output=100` where
/// the session was, `tied=yes` that nobody else can go on. Alone the words take it back.
final class RouteText {
  static final LocalDate DAY = LocalDate.of(2026, 8, 1);

  private static final Snapshot HEALTHY = new Snapshot(DAY, TokenScale.UNLEARNED);

  private PolicyText policy = new PolicyText();
  private Snapshot snapshot = HEALTHY;

  /// What the next line of a file answers.
  String answer(String line) {
    var words = Words.of(line);
    switch (words.kind()) {
      case "policy" -> {
        policy = new PolicyText();
        snapshot = HEALTHY;
      }
      case "scale" -> {
        var scale = new TokenScale(Map.of(id(words), Double.valueOf(words.text("bytes", "4"))));
        snapshot = new Snapshot(DAY, scale);
      }
      case "unhealthy" -> snapshot = unhealthy(words);
      case "limited" -> snapshot = limited(words);
      case "affinity" -> snapshot = affinity(words);
      case "call" -> {
        return shown(decide(words));
      }
      case "rules" -> {
        return rules(decide(words));
      }
      default -> {
        if (!policy.takes(words)) {
          throw new IllegalArgumentException("no such line: " + line);
        }
      }
    }
    return "";
  }

  private Routing decide(Words words) {
    return Router.decide(policy.policy(), call(words), snapshot);
  }

  private Snapshot unhealthy(Words words) {
    var ids = words.rest().isEmpty() ? "" : words.rest().getFirst();
    var models =
        ids.isEmpty()
            ? Set.<ModelId>of()
            : Arrays.stream(ids.split(",")).map(ModelId::parse).collect(toSet());
    return new Snapshot(DAY, snapshot.scale(), models, snapshot.limited(), snapshot.affinity());
  }

  private Snapshot affinity(Words words) {
    var affinity =
        words.rest().isEmpty()
            ? null
            : new Affinity(
                ModelId.parse(words.rest().getFirst()),
                words.number("warm", 0),
                words.number("output", 0),
                words.text("tied") != null);
    return new Snapshot(DAY, snapshot.scale(), snapshot.unhealthy(), snapshot.limited(), affinity);
  }

  private Snapshot limited(Words words) {
    if (words.rest().isEmpty()) {
      return new Snapshot(
          DAY, snapshot.scale(), snapshot.unhealthy(), Map.of(), snapshot.affinity());
    }
    var rest = words.rest();
    var limit = rest.get(2);
    var resets = words.text("resets");
    var limited =
        new Limited(
            Reason.of(rest.get(1)).orElse(null),
            limit,
            rest.get(3),
            "%s of %s is reached".formatted(limit, rest.get(3)),
            resets == null ? null : Instant.parse(resets),
            Refusal.Kind.valueOf(words.text("kind", "BUDGET_EXCEEDED")));
    return snapshot.withLimited(rest.getFirst(), limited);
  }

  private static ModelId id(Words words) {
    return ModelId.parse(words.rest().getFirst());
  }

  private Call call(Words words) {
    var work =
        new Work(
            named(words, "task"),
            named(words, "workflow"),
            named(words, "step"),
            named(words, "plan"),
            words.text("model"),
            null,
            words.text("because"),
            null,
            null,
            null);
    return new Call(
        "call_1", Instant.EPOCH, policy.caller(words.text("key", "none")), work, demand(words));
  }

  /// A name is of a header, unless it is written `metadata:name`; `name>metadata:other` is both.
  private static @Nullable Named named(Words words, String what) {
    var text = words.text(what);
    if (text == null) {
      return null;
    }
    int both = text.indexOf('>');
    if (both >= 0) {
      return said(text.substring(0, both)).over(said(text.substring(both + 1)));
    }
    return said(text);
  }

  private static Named said(String text) {
    return text.startsWith("metadata:")
        ? new Named(text.substring("metadata:".length()), Source.METADATA)
        : new Named(text, Source.HEADER);
  }

  private static Demand demand(Words words) {
    var turns = words.list("turns").stream().map(Long::valueOf).toList();
    var bytes =
        new Segments(
            words.number("system", 0),
            words.number("user", 0),
            words.number("documents", 0),
            turns.stream().mapToLong(Long::longValue).sum(),
            words.number("tools", 0),
            words.number("tool_results", 0));
    return new Demand(
            Protocol.valueOf(words.text("protocol", "chat").toUpperCase(Locale.ROOT)),
            bytes,
            turns,
            bytes.total(),
            words.number("output"),
            1,
            false,
            false,
            PolicyText.set(words.list("needs"), Capability::of),
            null)
        .thinking(words.number("thinking", 0));
  }

  /// A routing in a few lines.
  static String shown(Routing routing) {
    return switch (routing) {
      case Decision decision -> shown(decision);
      case Refusal refusal -> shown(refusal);
    };
  }

  private static String shown(Decision decision) {
    var assignment = decision.assignment();
    var place =
        assignment.workflow() == null
            ? ""
            : ", "
                + assignment.workflow()
                + (assignment.step() == null ? "" : "/" + assignment.step());
    var trimmed =
        decision.turnsTrimmed() == 0
            ? ""
            : ", %d turns of %d tokens dropped"
                .formatted(decision.turnsTrimmed(), decision.tokensTrimmed());
    return """
    %s by %s%s, plan %s: %s%s
    chain %s
    """
        .formatted(
            assignment.row().name(),
            assignment.taskSource().word(),
            place,
            assignment.plan().name(),
            moved(decision),
            trimmed,
            decision.chain().stream().map(RouteText::shown).collect(joining(", ")));
  }

  private static String moved(Decision decision) {
    var tier = decision.tier();
    var from = decision.firstTier();
    var reasons = decision.reasons().stream().map(Reason::word).collect(joining(", "));
    return tier
        + (tier.equals(from) ? "" : " instead of " + from)
        + (reasons.isEmpty() ? "" : " (" + reasons + ")");
  }

  private static String shown(Rung rung) {
    var reason = rung.reason() == null ? "" : "(" + rung.reason().word() + ")";
    return rung.model() + " " + rung.kind().word() + reason;
  }

  private static String shown(Refusal refusal) {
    var reason = refusal.reason() == null ? "" : " (" + refusal.reason().word() + ")";
    var limit = refusal.limit() == null ? "" : " [" + refusal.limit() + "]";
    var resets = refusal.resetsAt() == null ? "" : " until " + refusal.resetsAt();
    return "refused %d %s%s%s%s: %s"
        .formatted(
            refusal.kind().status(),
            refusal.kind().code(),
            reason,
            limit,
            resets,
            refusal.message());
  }

  private static String rules(Routing routing) {
    return routing.rules().stream().map(RouteText::shown).collect(joining("\n"));
  }

  private static String shown(Rule rule) {
    return "%s %s: %s".formatted(rule.matched() ? "+" : "-", rule.rule(), rule.why());
  }
}
