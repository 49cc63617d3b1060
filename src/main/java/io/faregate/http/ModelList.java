package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// `GET /v1/models` in OpenAI's shape: the names that a call may carry, and what each one is.
/// Source: CLIENTS §10.
final class ModelList {
  private static final JsonMapper JSON = new JsonMapper();

  private ModelList() {}

  /// The names in the order in which a person should meet them.
  static Set<String> names(Policy policy) {
    var names = new LinkedHashSet<String>();
    names.add("auto");
    new TreeSet<>(policy.tasks().keySet()).forEach(task -> names.add("task/" + task));
    for (var workflow : new TreeSet<>(policy.workflows().keySet())) {
      var steps = policy.workflows().get(workflow);
      if (steps != null) {
        new TreeSet<>(steps.steps().keySet()).forEach(step -> names.add(workflow + "/" + step));
      }
    }
    policy.tiers().forEach(tier -> tier.models().forEach(model -> names.add(model.toString())));
    policy.aliases().keySet().stream().filter(name -> !name.endsWith("*")).forEach(names::add);
    return names;
  }

  /// The whole list.
  static byte[] list(Policy policy) {
    var models = new ArrayList<Map<String, Object>>();
    names(policy).forEach(name -> models.add(entry(name)));
    var document = new LinkedHashMap<String, Object>();
    document.put("object", "list");
    document.put("data", models);
    return JSON.writeValueAsString(document).getBytes(UTF_8);
  }

  /// One entry of it.
  static byte[] one(String name) {
    return JSON.writeValueAsString(entry(name)).getBytes(UTF_8);
  }

  private static Map<String, Object> entry(String name) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("id", name);
    entry.put("object", "model");
    entry.put("created", 0);
    entry.put("owned_by", owner(name));
    return entry;
  }

  private static String owner(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "faregate" : name.substring(0, slash);
  }
}
