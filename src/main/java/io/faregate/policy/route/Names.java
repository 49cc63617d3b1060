package io.faregate.policy.route;

import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.call.ModelId;
import io.faregate.call.Named;
import io.faregate.call.Protocol;
import io.faregate.call.Rule;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.policy.Assignment;
import io.faregate.policy.Model;
import io.faregate.policy.Nearest;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Part 1 of the decision: what the names in a call stand for. A name in a header is believed
/// before one in the metadata, that before the model name, that before what the key says. A
/// workflow that the key is bound to is never overridden, because its budget would be.
final class Names {
  private final Policy policy;
  private final Caller caller;
  private final boolean embeds;
  private final Trail trail;
  private Work work;

  private Names(Policy policy, Call call, Trail trail) {
    this.policy = policy;
    this.caller = call.caller();
    this.work = call.work();
    this.embeds = call.demand().protocol() == Protocol.EMBEDDINGS;
    this.trail = trail;
  }

  /// Finds the row of the routing table, the plan and the pin of a call.
  static Found<Assignment> assign(Policy policy, Call call, Trail trail) {
    return new Names(policy, call, trail).assign();
  }

  private Found<Assignment> assign() {
    var meaning = modelName();
    if (meaning instanceof Meaning.Unknown unknown) {
      return unknown.several().isEmpty()
          ? unknownModel(unknown.name())
          : ambiguousModel(unknown.name(), unknown.several());
    }
    disagreements("task", work.task());
    disagreements("workflow", work.workflow());
    disagreements("step", work.step());
    disagreements("plan", work.plan());
    var pin = meaning instanceof Meaning.Pin(var model) ? model : null;
    if (embeds && pin == null) {
      return refuse(
          Refusal.Kind.UNKNOWN_MODEL,
          "embeddings need a model by its name, since vectors of two models do not mix; use one of "
              + listed(candidates().stream().map(ModelId::toString).toList()));
    }
    if (pin != null
        && !embeds
        && !caller.pinsAllowed()
        && alias(String.valueOf(work.model())).isEmpty()) {
      return refuse(
          Refusal.Kind.NOT_ALLOWED,
          "key %s may not choose the model %s itself; use \"auto\", or set pin: true for the key"
              .formatted(caller.key(), pin));
    }
    var workflow = workflow();
    var steps = workflow == null ? null : policy.workflows().get(workflow);
    if (workflow != null && steps == null) {
      return unknown("workflow", workflow, policy.workflows().keySet());
    }
    if (work.step() == null) {
      return withTask(workflow, null, pin);
    }
    if (steps == null) {
      return refuse(
          Refusal.Kind.UNKNOWN_NAME,
          "step \"%s\" needs a workflow; name one of %s in x-faregate-workflow"
              .formatted(work.step().name(), listed(policy.workflows().keySet())));
    }
    var row = steps.steps().get(work.step().name());
    return row == null
        ? unknown("step of workflow " + workflow, work.step().name(), steps.steps().keySet())
        : withTask(workflow, row, pin);
  }

  private Found<Assignment> withTask(
      @Nullable String workflow, @Nullable Task stepRow, @Nullable ModelId pin) {
    var source = taskSource(stepRow);
    var name = taskName(source, stepRow);
    var row = source == Source.STEP ? stepRow : policy.tasks().get(name);
    if (row == null) {
      return unknown("task", name, policy.tasks().keySet());
    }
    var plan = plan();
    var found = policy.plans().get(plan.name());
    if (found == null) {
      return unknown("plan", plan.name(), policy.plans().keySet());
    }
    trail.matched("task", name + " by " + source.word());
    trail.matched("plan", plan.name() + " by " + plan.source().word());
    var step = work.step() == null ? null : work.step().name();
    return new Found.Some<>(new Assignment(workflow, step, found, row, source, pin));
  }

  private Source taskSource(@Nullable Task stepRow) {
    if (work.task() != null) {
      return work.task().source();
    }
    if (stepRow != null) {
      return Source.STEP;
    }
    return caller.task() == null ? Source.DEFAULT : Source.KEY;
  }

  private String taskName(Source source, @Nullable Task stepRow) {
    if (work.task() != null) {
      return work.task().name();
    }
    if (stepRow != null) {
      return stepRow.name();
    }
    return source == Source.KEY && caller.task() != null ? caller.task() : policy.defaultTask();
  }

  private @Nullable String workflow() {
    var asked = work.workflow() == null ? null : work.workflow().name();
    if (caller.workflow() == null) {
      return asked;
    }
    if (asked != null && !asked.equals(caller.workflow())) {
      trail.passed(
          "workflow",
          "the call says %s, its key is bound to %s".formatted(asked, caller.workflow()));
    }
    return caller.workflow();
  }

  private Named plan() {
    if (caller.plan() != null) {
      return new Named(caller.plan(), Source.KEY);
    }
    if (work.plan() != null && caller.planFromRequest()) {
      return work.plan();
    }
    if (work.plan() != null) {
      trail.passed(
          "plan", "the call says %s, its key does not let it".formatted(work.plan().name()));
    }
    return new Named(policy.defaultPlan(), Source.DEFAULT);
  }

  /// Reads the model name; what it says of task, workflow and step is laid under what headers and
  /// metadata said.
  private Meaning modelName() {
    var name = work.model();
    if (name == null || name.equals("auto")) {
      return new Meaning.Nothing();
    }
    var alias = alias(name);
    if (alias.isPresent()) {
      trail.matched("aliases", name + " stands for " + alias.get());
    }
    var meaning = meaning(alias.orElse(name));
    switch (meaning) {
      case Meaning.Task(var task) ->
          work = named(or(work.task(), task), work.workflow(), work.step());
      case Meaning.Step(var workflow, var step) ->
          work = named(work.task(), or(work.workflow(), workflow), or(work.step(), step));
      case Meaning.Pin _, Meaning.Nothing _, Meaning.Unknown _ -> {}
    }
    return meaning;
  }

  private Optional<String> alias(String name) {
    var exact = policy.aliases().get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return policy.aliases().entrySet().stream()
        .filter(alias -> alias.getKey().endsWith("*"))
        .filter(alias -> name.startsWith(alias.getKey().substring(0, alias.getKey().length() - 1)))
        .map(alias -> alias.getValue())
        .findFirst();
  }

  private Meaning meaning(String name) {
    if (name.equals("auto")) {
      return new Meaning.Nothing();
    }
    if (name.startsWith("task/")) {
      return new Meaning.Task(name.substring("task/".length()));
    }
    var slash = name.indexOf('/');
    if (slash > 0 && policy.workflows().containsKey(name.substring(0, slash))) {
      return new Meaning.Step(name.substring(0, slash), name.substring(slash + 1));
    }
    if (slash > 0 && slash < name.length() - 1 && known(ModelId.parse(name))) {
      return new Meaning.Pin(ModelId.parse(name));
    }
    var bare = candidates().stream().filter(model -> model.name().equals(name)).distinct().toList();
    return bare.size() == 1 ? new Meaning.Pin(bare.getFirst()) : new Meaning.Unknown(name, bare);
  }

  private boolean known(ModelId model) {
    return policy.served().containsKey(model.provider())
        && (policy.models().containsKey(model) || policy.tierOf(model).isPresent());
  }

  /// The models that a name without a provider can mean: those of the ladder, or all that embed.
  private List<ModelId> candidates() {
    return embeds
        ? policy.models().values().stream()
            .filter(Model::embedding)
            .map(Model::id)
            .filter(model -> policy.served().containsKey(model.provider()))
            .toList()
        : policy.ladder();
  }

  private Work named(@Nullable Named task, @Nullable Named workflow, @Nullable Named step) {
    return new Work(
        task,
        workflow,
        step,
        work.plan(),
        work.model(),
        work.action(),
        work.justification(),
        work.user(),
        work.session(),
        work.tags());
  }

  private static Named or(@Nullable Named said, String meant) {
    var named = new Named(meant, Source.MODEL_NAME);
    return said == null ? named : said.over(named);
  }

  /// Notes names that sources gave which are believed less: somebody means something else.
  private void disagreements(String what, @Nullable Named believed) {
    var other = believed == null ? null : believed.unheard();
    while (believed != null && other != null) {
      if (!other.name().equals(believed.name())) {
        trail.passed(
            Rule.NAMES,
            "the %s says %s %s, the %s says %s"
                .formatted(
                    believed.source().word().replace('_', ' '),
                    what,
                    believed.name(),
                    other.source().word().replace('_', ' '),
                    other.name()));
      }
      other = other.unheard();
    }
  }

  private Found<Assignment> unknown(String what, String name, Collection<String> valid) {
    return refuse(
        Refusal.Kind.UNKNOWN_NAME,
        "there is no %s \"%s\"; valid: %s".formatted(what, name, listed(valid)));
  }

  private Found<Assignment> unknownModel(String name) {
    var valid = new ArrayList<String>();
    candidates().forEach(model -> valid.add(model.toString()));
    candidates().forEach(model -> valid.add(model.name()));
    if (!embeds) {
      policy.tasks().keySet().forEach(task -> valid.add("task/" + task));
    }
    var nearest = Nearest.names(name, valid.stream().distinct().toList(), 3);
    return refuse(
        Refusal.Kind.UNKNOWN_MODEL,
        "the model \"%s\" does not exist here; %s%s"
            .formatted(
                name,
                nearest.isEmpty() ? "" : "nearest: " + String.join(", ", nearest) + "; ",
                embeds
                    ? "name one that makes embeddings, or an alias of it"
                    : "use \"auto\" to leave the choice to the policy"));
  }

  private Found<Assignment> ambiguousModel(String name, List<ModelId> several) {
    return refuse(
        Refusal.Kind.UNKNOWN_MODEL,
        "the model \"%s\" is ambiguous here; write one of %s"
            .formatted(name, listed(several.stream().map(ModelId::toString).toList())));
  }

  private Found<Assignment> refuse(Refusal.Kind kind, String message) {
    return new Found.Refused<>(trail.refuse(kind, message));
  }

  private static String listed(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
  }

  /// What a model name stands for.
  private sealed interface Meaning {
    record Nothing() implements Meaning {}

    record Task(String task) implements Meaning {}

    record Step(String workflow, String step) implements Meaning {}

    record Pin(ModelId model) implements Meaning {}

    /// @param several models of that bare name, if there are any
    record Unknown(String name, List<ModelId> several) implements Meaning {}
  }
}
