package io.faregate.dialect.translate.hub;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of answers, of which providers demand more than JSON Schema does: that an object is
/// closed, so that it has no properties but those that it names, or even all of those.
public final class Schemas {
  private static final String OPEN = "additionalProperties";

  /// Where the parts of a schema stand, by their names or in lists.
  private static final List<String> NAMED = List.of("properties", "$defs", "definitions");

  private static final List<String> LISTED =
      List.of("items", "prefixItems", "anyOf", "oneOf", "allOf");

  private Schemas() {}

  /// A schema in which each object is closed.
  ///
  /// @param warnings takes a word on it if one was open
  public static ObjectNode closed(ObjectNode schema, List<String> warnings) {
    var closed = schema.deepCopy();
    close(closed);
    if (!closed.equals(schema)) {
      warnings.add("schema: changed, its objects take no properties but those that it names");
    }
    return closed;
  }

  private static void close(ObjectNode schema) {
    if (isObject(schema)) {
      schema.put(OPEN, false);
    }
    parts(schema).forEach(Schemas::close);
  }

  /// Whether each object is closed and requires all its properties, as OpenAI demands of a schema
  /// that it enforces.
  public static boolean isExact(ObjectNode schema) {
    var required = new HashSet<>(Tree.array(schema, "required").valueStream().toList());
    boolean exact =
        !isObject(schema)
            || (!schema.path(OPEN).asBoolean(true)
                && Tree.object(schema, "properties").propertyNames().stream()
                    .allMatch(name -> required.contains(Tree.string(name))));
    return exact && parts(schema).stream().allMatch(Schemas::isExact);
  }

  /// The type may be one of several, as of an object that may be null.
  private static boolean isObject(ObjectNode schema) {
    var type = schema.path("type");
    var object = Tree.string("object");
    return type.equals(object) || type.valueStream().anyMatch(object::equals);
  }

  private static List<ObjectNode> parts(ObjectNode schema) {
    var parts = new ArrayList<JsonNode>();
    NAMED.forEach(name -> Tree.object(schema, name).forEach(parts::add));
    for (var name : LISTED) {
      var value = schema.path(name);
      if (value.isObject()) {
        parts.add(value);
      } else {
        value.forEach(parts::add);
      }
    }
    return parts.stream().filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast).toList();
  }
}
