package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A tool that the model may call.
///
/// @param name as the provider knows it
/// @param schema of its arguments, in JSON Schema
/// @param strict whether the arguments must keep to the schema
/// @param freeform whether its client takes one text instead of arguments; the schema then has one
///   member, [#INPUT]
/// @param namespace in which its client has it, or null; providers know none, so its name begins
///   with that, see [#within]
public record Tool(
    String name,
    @Nullable String description,
    ObjectNode schema,
    boolean strict,
    boolean freeform,
    @Nullable CacheMark cache,
    @Nullable String namespace) {
  /// The argument that stands for the text of a freeform tool.
  public static final String INPUT = "input";

  private static final String BETWEEN = "__";

  /// A tool in no namespace.
  public Tool(
      String name,
      @Nullable String description,
      ObjectNode schema,
      boolean strict,
      boolean freeform,
      @Nullable CacheMark cache) {
    this(name, description, schema, strict, freeform, cache, null);
  }

  /// The name for providers of what a client calls so in that namespace, if it is in any.
  public static String within(@Nullable String namespace, String name) {
    return namespace == null ? name : namespace + BETWEEN + name;
  }

  /// The name that its client knows.
  public String ownName() {
    return namespace == null ? name : name.substring(within(namespace, "").length());
  }
}
