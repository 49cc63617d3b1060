package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.loss.Losses;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Reads the tools of an OpenAI Responses body. A custom tool, which takes one text, becomes a
/// function with one argument; its grammar is told in its description.
final class ResponsesTools {
  private static final Set<String> LEFT_OUT =
      Set.of("web_search", "web_search_preview", "image_generation", "tool_search");

  private ResponsesTools() {}

  /// Adds the tool, unless the table drops its type.
  static void add(ObjectNode tool, List<Tool> tools, Losses losses) {
    var type = Tree.string(tool, "type");
    for (var hosted : LEFT_OUT) {
      // Their types carry dates, as in web_search_2025_08_26.
      if (type.equals(hosted) || type.startsWith(hosted + "_20")) {
        var _ = losses.carries("tools[]." + hosted);
        return;
      }
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
    var name = Tree.string(carried, "name");
    if (name.isEmpty()) {
      throw new DialectException("tools[].name must be a name", "tools[].name");
    }
    tools.add(
        new Tool(
            name,
            custom ? described(carried) : Tree.stringOrNull(carried, "description"),
            custom ? freeform() : Tree.object(carried, "parameters"),
            !custom && carried.path("strict").asBoolean(false),
            custom,
            null));
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
