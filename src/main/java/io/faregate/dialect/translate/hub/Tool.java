package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A tool that the model may call.
///
/// @param schema of its arguments, in JSON Schema
/// @param strict whether the arguments must keep to the schema
/// @param freeform whether its client takes one text instead of arguments; the schema then has one
///   member, [#INPUT]
public record Tool(
    String name,
    @Nullable String description,
    ObjectNode schema,
    boolean strict,
    boolean freeform,
    @Nullable CacheMark cache) {
  /// The argument that stands for the text of a freeform tool.
  public static final String INPUT = "input";
}
