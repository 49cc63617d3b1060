package io.faregate.config;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.Nearest;
import io.faregate.policy.Workflow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Reads `aliases`: model names of clients, and what they stand for.
final class AliasesSection {
  private final Names names;
  private final Map<String, Workflow> workflows;

  AliasesSection(Names names, Map<String, Workflow> workflows) {
    this.names = names;
    this.workflows = workflows;
  }

  SequencedMap<String, String> read(Mapping root) {
    var aliases = new LinkedHashMap<String, String>();
    var section = root.mapping("aliases");
    for (var entry : section.all().entrySet()) {
      var pattern = entry.getKey();
      var star = pattern.indexOf('*');
      if (pattern.isBlank()) {
        section.key(pattern).error("an alias has no name", "write the model that clients ask for");
      } else if (star >= 0 && star != pattern.length() - 1) {
        section
            .key(pattern)
            .error(
                Item.shown(pattern) + " has a * before its end",
                "a * stands for any end, like \"claude-*\"");
      }
      var target = entry.getValue().text();
      if (target != null) {
        check(target, entry.getValue());
        aliases.put(pattern, target);
      }
    }
    return aliases;
  }

  private void check(String target, Item item) {
    var slash = target.indexOf('/');
    var first = slash < 0 ? target : target.substring(0, slash);
    var rest = slash < 0 ? "" : target.substring(slash + 1);
    if (first.equals("task") && slash > 0) {
      checkName("task", rest, names.tasks(), item);
    } else if (names.workflows().contains(first) && slash > 0) {
      var workflow = workflows.get(first);
      checkName("step", rest, workflow == null ? names.tasks() : workflow.steps().keySet(), item);
    } else if (!target.equals("auto") && !(names.providers().contains(first) && !rest.isEmpty())) {
      item.error(
          "%s stands for nothing".formatted(Item.shown(target)),
          "write auto, task/<task>, <workflow>/<step> or <provider>/<model>");
    }
  }

  private static void checkName(String what, String name, Collection<String> valid, Item item) {
    if (!valid.contains(name)) {
      item.error(
          "unknown %s %s in %s".formatted(what, Item.shown(name), item.path()),
          Nearest.fix(name, valid));
    }
  }
}
