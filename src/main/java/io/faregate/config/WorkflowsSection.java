package io.faregate.config;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.policy.Task;
import io.faregate.policy.Workflow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `workflows`: product functions, and their steps as rows laid over those of their tasks.
final class WorkflowsSection {
  private final Names names;
  private final TasksSection rows;
  private final Map<String, Task> tasks;

  WorkflowsSection(Names names, TasksSection rows, Map<String, Task> tasks) {
    this.names = names;
    this.rows = rows;
    this.tasks = tasks;
  }

  Map<String, Workflow> read(Mapping root) {
    var workflows = new LinkedHashMap<String, Workflow>();
    var section = root.mapping("workflows");
    section
        .named()
        .forEach((name, item) -> {
          refuseTaken(name, section.key(name));
          workflows.put(name, workflow(name, item.mapping()));
        });
    return workflows;
  }

  /// A call names its step as `workflow/step`, where a model is `provider/name` and a task
  /// `task/name`.
  private void refuseTaken(String name, Item key) {
    if (name.equals("task")) {
      key.error("no workflow can be called task", "in a call, task/... names a task; rename it");
    } else if (names.providers().contains(name)) {
      key.error(
          "the workflow %s has the name of a provider".formatted(name),
          "in a call, %s/... names a model; rename it".formatted(name));
    }
  }

  private Workflow workflow(String name, Mapping file) {
    var steps = new LinkedHashMap<String, Task>();
    file.mapping("steps")
        .named()
        .forEach((step, item) -> {
          var row = step(item.mapping());
          if (row != null) {
            steps.put(step, row);
          }
        });
    var workflow =
        new Workflow(
            name,
            steps,
            LimitsSection.budgets(file),
            file.read("premium_share", Item::share),
            LimitsSection.premiumBurst(file));
    file.end();
    return workflow;
  }

  private @Nullable Task step(Mapping file) {
    var name =
        file.require("task", item -> item.oneOf("task", names.tasks()), "name the task that it is");
    var task = name == null ? null : tasks.get(name);
    // A step of an unknown task is still read, for the other mistakes it may have.
    var row = rows.row(task == null ? unknown() : task, file);
    return task == null ? null : row;
  }

  private Task unknown() {
    return Task.of("unknown", names.tiers().isEmpty() ? "" : names.tiers().getFirst());
  }
}
