package io.faregate.store;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The lists of a call as JSON, the form in which rows keep them. Most calls have the same few
/// lists, so their texts are kept.
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_KEPT = 1_000;
  private static final int LONGEST_KEPT = 2_000;
  private static final Map<List<?>, String> KEPT = new ConcurrentHashMap<>();

  private JsonTexts() {}

  /// `["low_confidence", …]`
  static String reasons(List<Reason> reasons) {
    return write(reasons, (json, reason) -> json.writeString(reason.word()));
  }

  /// `[{"rule": …, "matched": …, "why": …}, …]`
  static String rules(List<Rule> rules) {
    return write(
        rules,
        (json, rule) -> {
          json.writeStartObject();
          json.writeStringProperty("rule", rule.rule());
          json.writeBooleanProperty("matched", rule.matched());
          json.writeStringProperty("why", rule.why());
          json.writeEndObject();
        });
  }

  /// `[{"tier": …, "model": "provider/name", "kind": …, "reason": …}, …]`
  static String chain(List<Rung> chain) {
    return write(
        chain,
        (json, rung) -> {
          json.writeStartObject();
          json.writeStringProperty("tier", rung.tier());
          json.writeStringProperty("model", rung.model().toString());
          json.writeStringProperty("kind", rung.kind().word());
          var reason = rung.reason();
          if (reason != null) {
            json.writeStringProperty("reason", reason.word());
          }
          json.writeEndObject();
        });
  }

  private static <T> String write(List<T> list, BiConsumer<JsonGenerator, T> element) {
    if (list.isEmpty()) {
      return "[]";
    }
    var kept = KEPT.get(list);
    if (kept != null) {
      return kept;
    }
    var written = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
      json.writeStartArray();
      list.forEach(one -> element.accept(json, one));
      json.writeEndArray();
    }
    var text = written.toString();
    keep(list, text);
    return text;
  }

  private static void keep(List<?> list, String text) {
    if (text.length() > LONGEST_KEPT) {
      return;
    }
    if (KEPT.size() >= MOST_KEPT) {
      KEPT.clear();
    }
    KEPT.put(List.copyOf(list), text);
  }

  static List<Reason> reasons(String json) {
    var reasons = new ArrayList<Reason>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        reasons.add(Reason.valueOf(parser.getString().toUpperCase(Locale.ROOT)));
      }
    }
    return reasons;
  }

  static List<Rule> rules(String json) {
    return objects(json).stream()
        .map(rule ->
            new Rule(
                field(rule, "rule"),
                Boolean.parseBoolean(field(rule, "matched")),
                field(rule, "why")))
        .toList();
  }

  static List<Rung> chain(String json) {
    return objects(json).stream().map(JsonTexts::rung).toList();
  }

  private static Rung rung(Map<String, String> rung) {
    @Nullable String reason = rung.get("reason");
    return new Rung(
        field(rung, "tier"),
        ModelId.parse(field(rung, "model")),
        AttemptKind.valueOf(field(rung, "kind").toUpperCase(Locale.ROOT)),
        reason == null ? null : Reason.valueOf(reason.toUpperCase(Locale.ROOT)));
  }

  private static String field(Map<String, String> object, String name) {
    var value = object.get(name);
    if (value == null) {
      throw new IllegalStateException("a stored list lacks \"" + name + "\"");
    }
    return value;
  }

  private static List<Map<String, String>> objects(String json) {
    var objects = new ArrayList<Map<String, String>>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        var object = new HashMap<String, String>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          object.put(name, parser.getString());
        }
        objects.add(object);
      }
    }
    return objects;
  }
}
