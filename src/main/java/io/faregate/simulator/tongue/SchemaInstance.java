package io.faregate.simulator.tongue;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The smallest JSON that satisfies a JSON Schema, always the same for the same schema: required
/// properties only, as few items as allowed, the first of several alternatives. Patterns and
/// conditions (`if`, `not`, `dependentSchemas`) are not understood.
public final class SchemaInstance {
  /// A recursive schema is given up here, where OpenAI gives up too.
  private static final int MOST_NESTING = 64;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode root;

  private SchemaInstance(JsonNode root) {
    this.root = root;
  }

  /// The smallest instance of a schema.
  ///
  /// @throws Decline 400, if the schema refers to what is not there, or never ends
  public static JsonNode of(JsonNode schema) {
    return new SchemaInstance(schema).instance(schema, 0);
  }

  private JsonNode instance(JsonNode schema, int depth) {
    if (depth > MOST_NESTING) {
      throw Decline.badRequest("Invalid schema: nested deeper than " + MOST_NESTING);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    if (schema.has("$ref")) {
      return instance(referred(schema.path("$ref").asString()), depth + 1);
    }
    for (String alternatives : new String[] {"anyOf", "oneOf"}) {
      if (!schema.path(alternatives).isEmpty()) {
        return instance(schema.path(alternatives).path(0), depth + 1);
      }
    }
    if (!schema.path("allOf").isEmpty()) {
      return instance(merged(schema), depth + 1);
    }
    return ofType(schema, depth);
  }

  private JsonNode ofType(JsonNode schema, int depth) {
    JsonNode given = schema.path("type");
    String type = given.isArray() ? given.path(0).asString() : given.asString("");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "string" -> NODES.stringNode(string(schema));
      case "integer", "number" -> number(schema);
      case "boolean" -> NODES.booleanNode(true);
      case "null" -> NODES.nullNode();
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode required : schema.path("required")) {
      String name = required.asString();
      object.set(name, instance(schema.path("properties").path(name), depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    JsonNode leading = schema.path("prefixItems");
    int items = Math.max(schema.path("minItems").asInt(0), 0);
    for (int i = 0; i < items; i++) {
      array.add(instance(i < leading.size() ? leading.path(i) : schema.path("items"), depth + 1));
    }
    return array;
  }

  private static String string(JsonNode schema) {
    String text =
        switch (schema.path("format").asString("")) {
          case "date" -> "2026-01-31";
          case "date-time" -> "2026-01-31T12:00:00Z";
          case "time" -> "12:00:00Z";
          case "duration" -> "PT1H";
          case "email" -> "someone@example.com";
          case "hostname" -> "example.com";
          case "ipv4" -> "192.0.2.1";
          case "ipv6" -> "2001:db8::1";
          case "uri" -> "https://example.com/";
          case "uuid" -> "00000000-0000-4000-8000-000000000000";
          default -> "text";
        };
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    String longEnough = text + "x".repeat(Math.max(0, least - text.length()));
    return longEnough.substring(0, Math.min(longEnough.length(), most));
  }

  /// The allowed number nearest to 0. Bounds are read as whole numbers, rounded inwards.
  private static JsonNode number(JsonNode schema) {
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    if (schema.has("minimum")) {
      least = Math.ceil(schema.path("minimum").asDouble());
    }
    if (schema.has("exclusiveMinimum")) {
      least = Math.max(least, Math.floor(schema.path("exclusiveMinimum").asDouble()) + 1);
    }
    if (schema.has("maximum")) {
      most = Math.floor(schema.path("maximum").asDouble());
    }
    if (schema.has("exclusiveMaximum")) {
      most = Math.min(most, Math.ceil(schema.path("exclusiveMaximum").asDouble()) - 1);
    }
    double nearest = Math.min(Math.max(0, least), most);
    double step = schema.path("multipleOf").asDouble(1);
    double stepped =
        nearest > 0 ? Math.ceil(nearest / step) * step : Math.floor(nearest / step) * step;
    return stepped == Math.rint(stepped)
        ? NODES.numberNode((long) stepped)
        : NODES.numberNode(stepped);
  }

  /// All parts of an `allOf` and what stands beside it, as one schema.
  private JsonNode merged(JsonNode schema) {
    ObjectNode whole = NODES.objectNode();
    merge(whole, schema);
    for (JsonNode part : schema.path("allOf")) {
      merge(whole, part.has("$ref") ? referred(part.path("$ref").asString()) : part);
    }
    return whole;
  }

  private static void merge(ObjectNode whole, JsonNode part) {
    for (var entry : part.properties()) {
      String name = entry.getKey();
      switch (name) {
        case "allOf" -> {}
        case "required" -> whole.withArray(name).addAll((ArrayNode) entry.getValue());
        case "properties" -> whole.withObject(name).setAll((ObjectNode) entry.getValue());
        default -> whole.set(name, entry.getValue());
      }
    }
  }

  private JsonNode referred(String reference) {
    JsonNode schema = root;
    if (reference.startsWith("#")) {
      schema = reference.length() == 1 ? root : root.at(reference.substring(1));
    }
    if (!reference.startsWith("#") || schema.isMissingNode()) {
      throw Decline.badRequest("Invalid schema: no `%s` in it".formatted(reference));
    }
    return schema;
  }
}
