package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The form that the text of an answer must have.
///
/// @param name of the schema
/// @param schema in JSON Schema; null for any JSON object
/// @param strict whether the provider must enforce it
public record Shape(
    String name, @Nullable String description, @Nullable ObjectNode schema, boolean strict) {
  /// Any JSON object.
  public static final Shape ANY_OBJECT = new Shape("object", null, null, false);
}
