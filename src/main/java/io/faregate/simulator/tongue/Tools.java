package io.faregate.simulator.tongue;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The tools that a call offers, and whether they must be called.
///
/// @param forced the one that must be called, or empty
public record Tools(List<Tool> offered, Mode mode, String forced, boolean parallel) {
  /// A call without tools.
  public static final Tools NONE = new Tools(List.of(), Mode.AUTO, "", true);

  /// Whether the model may choose, must not call, or must call some tool.
  public enum Mode {
    AUTO,
    NEVER,
    SOME
  }

  /// One tool. The arguments of a `freeform` one are plain text.
  ///
  /// @param namespace in which it is offered; empty if in none
  public record Tool(String name, JsonNode schema, boolean freeform, String namespace) {
    /// A tool in no namespace.
    public Tool(String name, JsonNode schema, boolean freeform) {
      this(name, schema, freeform, "");
    }
  }

  public Tools {
    offered = List.copyOf(offered);
  }

  /// The tool of that name.
  ///
  /// @throws Decline 400, if it is not offered
  public Tool named(String name) {
    for (Tool tool : offered) {
      if (tool.name().equals(name)) {
        return tool;
      }
    }
    throw Decline.badRequest("the call offers no tool named `%s`".formatted(name));
  }

  public boolean offers(String name) {
    return offered.stream().anyMatch(tool -> tool.name().equals(name));
  }
}
