package io.faregate.policy.lint;

import io.faregate.policy.Policy;
import io.faregate.policy.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A row of the routing table and its place in the file.
record Row(String path, Task task) {
  /// Every task, then every step of every workflow, by name.
  static List<Row> all(Policy policy) {
    var rows = new ArrayList<>(tasks(policy));
    new TreeMap<>(policy.workflows())
        .forEach((name, workflow) -> rows.addAll(steps(name, workflow.steps())));
    return rows;
  }

  /// Every task, by name.
  static List<Row> tasks(Policy policy) {
    return rows("tasks", policy.tasks());
  }

  /// The tasks, and the steps that try otherwise than their task: what is wrong with a task is not
  /// said again of each of its steps.
  static List<Row> differing(Policy policy) {
    return all(policy).stream()
        .filter(row ->
            row.path().startsWith("tasks.")
                || !row.isLike(policy.tasks().getOrDefault(row.task().name(), row.task())))
        .toList();
  }

  private static List<Row> steps(String workflow, Map<String, Task> steps) {
    return rows("workflows." + workflow + ".steps", steps);
  }

  private static List<Row> rows(String section, Map<String, Task> tasks) {
    return new TreeMap<>(tasks)
        .entrySet().stream()
            .map(task -> new Row(section + "." + task.getKey(), task.getValue()))
            .toList();
  }

  private boolean isLike(Task other) {
    return task.tier().equals(other.tier())
        && task.fallback().equals(other.fallback())
        && task.fallbackOn().equals(other.fallbackOn())
        && task.retries() == other.retries();
  }
}
