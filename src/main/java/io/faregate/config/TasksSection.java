package io.faregate.config;

import io.faregate.call.Reason;
import io.faregate.call.Segment;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.policy.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `tasks` and `default_task`: the rows of the routing table.
final class TasksSection {
  static final List<String> SEGMENTS = Arrays.stream(Segment.values()).map(Segment::word).toList();

  /// What can go wrong with an answer or an attempt; the other reasons move a call before it is
  /// sent.
  private static final Set<Reason> LEADING_ON =
      EnumSet.of(Reason.LONG_CONTEXT, Task.DEFAULT_FALLBACK_ON.toArray(Reason[]::new));

  private static final int MOST_RETRIES = 10;

  private final Names names;
  private final AnswerRules answers;

  TasksSection(Names names, References references) {
    this.names = names;
    this.answers = new AnswerRules(names, references);
  }

  /// The tasks; without any, one that starts on the lowest tier and falls back to the next.
  Map<String, Task> read(Mapping file) {
    var tasks = new LinkedHashMap<String, Task>();
    if (!file.has("tasks") && !names.tiers().isEmpty()) {
      var next = names.tiers().stream().skip(1).limit(1).toArray(String[]::new);
      tasks.put(Names.DEFAULT, Task.of(Names.DEFAULT, names.tiers().getFirst(), next));
    }
    file.mapping("tasks")
        .named()
        .forEach((name, item) -> tasks.put(name, row(Task.of(name, ""), item.mapping())));
    if (file.has("tasks") && tasks.isEmpty()) {
      file.mapping("tasks").item().errorAtKey("tasks is empty", "define one, or remove the key");
    }
    return tasks;
  }

  /// The task of a call that names none.
  String defaultTask(Mapping file) {
    var stated = file.item("default_task");
    if (stated != null) {
      return Objects.requireNonNullElse(stated.oneOf("task", names.tasks()), "");
    }
    if (names.tasks().size() == 1) {
      return names.tasks().getFirst();
    }
    if (!names.tasks().isEmpty()) {
      var tasks = String.join(", ", names.tasks());
      file.mapping("tasks")
          .item()
          .errorAtKey(
              "with several tasks the file needs a default_task",
              "add default_task: with one of " + tasks);
    }
    return "";
  }

  /// A row with the settings of the file laid over those of another row, of which an empty tier
  /// says that the file has to name one.
  Task row(Task base, Mapping file) {
    var tier =
        base.tier().isEmpty()
            ? file.require("tier", this::tier, "name the tier its calls start on")
            : file.read("tier", this::tier, base.tier());
    var because = file.read("because", Item::text);
    var outputTokens = file.read("output_tokens", Item::tokens);
    var segments = new EnumMap<Segment, Long>(Segment.class);
    segments.putAll(base.segments());
    var segmentLimits = file.mapping("segments");
    segments.putAll(segments(segmentLimits));
    segmentLimits.end();
    var row =
        new Task(
            base.name(),
            Objects.requireNonNullElse(tier, ""),
            fallback(file, tier, base),
            file.read("fallback_on", this::reasons, base.fallbackOn()),
            file.read("retries", Item.integer(0, MOST_RETRIES), base.retries()),
            because == null ? base.because() : because,
            file.has("validate") ? answers.validation(file) : base.validate(),
            file.has("confidence") ? answers.confidence(file) : base.confidence(),
            file.has("check") ? answers.check(file) : base.check(),
            file.read(
                "on_exhausted", item -> item.word(Task.OnExhausted.class), base.onExhausted()),
            outputTokens == null ? base.outputTokens() : outputTokens,
            segments,
            file.read("latency", item -> item.word(Task.Latency.class), base.latency()));
    answers.allowKeys(file);
    file.later("validate", "confidence", "check", "on_exhausted");
    if (row.latency() == Task.Latency.BATCH) {
      file.later("latency");
    }
    file.end();
    return row;
  }

  /// Limits of input tokens by segment. The caller reads the other keys.
  static Map<Segment, Long> segments(Mapping file) {
    var segments = new EnumMap<Segment, Long>(Segment.class);
    for (var segment : Segment.values()) {
      var tokens = file.read(segment.word(), Item::tokens);
      if (tokens != null) {
        segments.put(segment, tokens);
      }
    }
    return segments;
  }

  private @Nullable String tier(Item item) {
    return item.oneOf("tier", names.tiers());
  }

  private List<String> fallback(Mapping file, @Nullable String tier, Task base) {
    var item = file.item("fallback");
    if (item == null) {
      return base.fallback().stream().filter(rung -> !rung.equals(tier)).toList();
    }
    if (!item.isList() && "none".equals(item.text())) {
      return List.of();
    }
    var rungs = new ArrayList<String>();
    for (var rung : item.listOrOne()) {
      var name = tier(rung);
      if (name == null) {
        continue;
      }
      if (name.equals(tier)) {
        rung.error(
            "%s falls back to %s, its own tier".formatted(file.item().path(), name),
            "name another tier, or write fallback: none; retries stay in the tier by themselves");
      } else if (rungs.contains(name)) {
        rung.error(
            "%s falls back to %s twice".formatted(file.item().path(), name), "name each tier once");
      } else {
        rungs.add(name);
      }
    }
    return rungs;
  }

  private Set<Reason> reasons(Item item) {
    var words = LEADING_ON.stream().map(Reason::word).toList();
    var reasons = EnumSet.noneOf(Reason.class);
    for (var word : item.list()) {
      var name = word.oneOf("reason", words);
      if (name != null) {
        Reason.of(name).ifPresent(reasons::add);
      }
    }
    return reasons;
  }
}
