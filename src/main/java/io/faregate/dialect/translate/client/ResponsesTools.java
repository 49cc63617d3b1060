package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.loss.Losses;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the tools of an OpenAI Responses body. A custom tool, which takes one text, becomes a
/// function with one argument; its grammar is told in its description. Tools in a namespace get
/// names that begin with it.
final class ResponsesTools {
  private static final Set<String> LEFT_OUT =
      Set.of("web_search", "web_search_preview", "image_generation", "tool_search");

  /// What is read of a namespace; what else it holds is told of.
  private static final Set<String> READ_OF_NAMESPACE =
      Set.of("type", "name", "description", "tools");

  private final List<Tool> tools;
  private final Losses losses;

  private ResponsesTools(List<Tool> tools, Losses losses) {
    this.tools = tools;
    this.losses = losses;
  }

  /// Adds the tools, except for those whose types the table drops. One that is there already is
  /// replaced: a conversation may offer it once more, with other words.
  ///
  /// @param field where they stand
  static void addAll(String field, JsonNode given, List<Tool> tools, Losses losses) {
    var reader = new ResponsesTools(tools, losses);
    Tree.wantArray(field, given)
        .forEach(tool -> reader.add(Tree.wantObject(field, tool), null, null));
  }

  /// @param namespace in which the tool stands, or null
  /// @param about what is said of the namespace, for its first tool; or null
  private void add(ObjectNode tool, @Nullable String namespace, @Nullable String about) {
    var type = Tree.string(tool, "type");
    for (var hosted : LEFT_OUT) {
      // Their types carry dates, as in web_search_2025_08_26.
      if (type.equals(hosted) || type.startsWith(hosted + "_20")) {
        var _ = losses.carries("tools[]." + hosted);
        return;
      }
    }
    if (type.equals("namespace") && namespace == null) {
      namespace(tool);
      return;
    }
    boolean custom = type.equals("custom");
    if (!custom && !type.equals("function")) {
      throw new DialectException(
          "a tool of the type %s runs at another provider"
              .formatted(type.matches("[a-z0-9_]{1,40}") ? type : "given"),
          "tools[].type");
    }
    var _ = losses.carries("tools[]." + type);
    var carried = Tree.object();
    var rest = tool.deepCopy();
    rest.remove("type");
    losses.members("tools[].", rest, carried::set);
    var name = Tool.within(namespace, named(carried));
    var description = custom ? described(carried) : Tree.stringOrNull(carried, "description");
    tools.removeIf(earlier -> earlier.name().equals(name));
    tools.add(
        new Tool(
            name,
            about == null ? description : description == null ? about : about + "\n" + description,
            custom ? freeform() : Tree.object(carried, "parameters"),
            !custom && carried.path("strict").asBoolean(false),
            custom,
            null,
            namespace));
  }

  private void namespace(ObjectNode space) {
    var _ = losses.carries("tools[].namespace");
    losses.others("tools[].", space, READ_OF_NAMESPACE);
    var name = named(space);
    var about = Tree.stringOrNull(space, "description");
    for (var tool : Tree.wantArray("tools[].tools", space.path("tools"))) {
      add(Tree.wantObject("tools[].tools", tool), name, about);
      about = null;
    }
  }

  private static String named(ObjectNode tool) {
    var name = Tree.string(tool, "name");
    if (name.isEmpty()) {
      throw new DialectException("tools[].name must be a name", "tools[].name");
    }
    return name;
  }

  private static String described(ObjectNode tool) {
    var description = Tree.string(tool, "description");
    var format = Tree.object(tool, "format");
    var grammar = Tree.string(format, "definition");
    return grammar.isEmpty()
        ? description
        : "%s%nThe argument keeps to this %s grammar:%n%s"
            .formatted(description, Tree.string(format, "syntax"), grammar)
            .replace("\r\n", "\n");
  }

  private static ObjectNode freeform() {
    var schema = Tree.object().put("type", "object");
    schema.putObject("properties").putObject(Tool.INPUT).put("type", "string");
    schema.putArray("required").add(Tool.INPUT);
    return schema;
  }
}
