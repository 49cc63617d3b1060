package io.faregate.http;

import io.faregate.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// `GET /v1/models` in the shapes of OpenAI and of Anthropic: the names that a call may carry, and
/// what each one is. Source: CLIENTS §1 and §10.
final class ModelList {
  private static final JsonMapper JSON = new JsonMapper();

  /// Names are not made at a time; Anthropic's clients want one all the same.
  private static final String BEGINNING = "1970-01-01T00:00:00Z";

  private ModelList() {}

  /// The names in the order in which a person should meet them.
  static Set<String> names(Policy policy) {
    return kinds(policy).keySet();
  }

  /// The whole list as OpenAI has it.
  static byte[] openAi(Policy policy) {
    var document = new LinkedHashMap<String, Object>();
    document.put("object", "list");
    document.put("data", entries(policy, false));
    return JSON.writeValueAsBytes(document);
  }

  /// The whole list as Anthropic has it, on one page.
  static byte[] anthropic(Policy policy) {
    var names = new ArrayList<>(names(policy));
    var document = new LinkedHashMap<String, Object>();
    document.put("data", entries(policy, true));
    document.put("has_more", false);
    document.put("first_id", names.getFirst());
    document.put("last_id", names.getLast());
    return JSON.writeValueAsBytes(document);
  }

  /// One entry of it.
  static byte[] one(Policy policy, String name, boolean anthropic) {
    var kind = kinds(policy).getOrDefault(name, "model");
    return JSON.writeValueAsBytes(entry(name, kind, anthropic));
  }

  private static List<Map<String, Object>> entries(Policy policy, boolean anthropic) {
    var entries = new ArrayList<Map<String, Object>>();
    kinds(policy).forEach((name, kind) -> entries.add(entry(name, kind, anthropic)));
    return entries;
  }

  private static Map<String, String> kinds(Policy policy) {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("auto", "policy");
    new TreeSet<>(policy.tasks().keySet()).forEach(task -> kinds.put("task/" + task, "task"));
    for (var workflow : new TreeSet<>(policy.workflows().keySet())) {
      var steps = policy.workflows().get(workflow);
      if (steps != null) {
        new TreeSet<>(steps.steps().keySet())
            .forEach(step -> kinds.put(workflow + "/" + step, "step"));
      }
    }
    var models = new LinkedHashSet<String>();
    policy.tiers().forEach(tier -> tier.models().forEach(model -> models.add(model.toString())));
    models.forEach(model -> kinds.put(model, "model"));
    policy.aliases().keySet().stream()
        .filter(name -> !name.endsWith("*"))
        .forEach(name -> kinds.put(name, "alias"));
    return kinds;
  }

  private static Map<String, Object> entry(String name, String kind, boolean anthropic) {
    var entry = new LinkedHashMap<String, Object>();
    if (anthropic) {
      entry.put("type", "model");
      entry.put("id", name);
      entry.put("display_name", name + (kind.equals("model") ? "" : " (" + kind + ")"));
      entry.put("created_at", BEGINNING);
    } else {
      entry.put("id", name);
      entry.put("object", "model");
      entry.put("created", 0);
      entry.put("owned_by", owner(name));
    }
    entry.put("faregate_kind", kind);
    return entry;
  }

  private static String owner(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "faregate" : name.substring(0, slash);
  }
}
