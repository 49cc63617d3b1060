package io.faregate.dialect.translate.client;

import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Terms;
import io.faregate.dialect.translate.hub.Tool;
import io.faregate.dialect.translate.hub.Tree;
import tools.jackson.databind.node.ObjectNode;

/// Writes the complete items of an OpenAI response, with ids that count up.
final class ResponsesItems {
  private final Terms terms;
  private int count;

  ResponsesItems(Terms terms) {
    this.terms = terms;
  }

  /// The next id behind that prefix.
  String id(String prefix) {
    return prefix + "_" + terms.call() + "_" + count++;
  }

  ObjectNode text(String text) {
    return text(id("msg"), text);
  }

  ObjectNode thought(String text) {
    return thought(id("rs"), text);
  }

  ObjectNode call(String call, String name, String arguments) {
    return call(id(freeform(name) ? "ctc" : "fc"), call, name, arguments);
  }

  /// Whether the client takes one text for that tool.
  ///
  /// @param name as the provider knows it
  boolean freeform(String name) {
    var tool = terms.prompt().tool(name);
    return tool != null && tool.freeform();
  }

  /// The client's own name of a tool.
  ///
  /// @param name as the provider knows it
  String ownName(String name) {
    var tool = terms.prompt().tool(name);
    return tool == null ? name : tool.ownName();
  }

  static ObjectNode text(String id, String text) {
    var item = Tree.object().put("id", id).put("type", "message").put("status", "completed");
    item.put("role", "assistant").putArray("content").add(textPart(text));
    return item;
  }

  static ObjectNode textPart(String text) {
    var part = Tree.object().put("type", "output_text").put("text", text);
    part.putArray("annotations");
    part.putArray("logprobs");
    return part;
  }

  static ObjectNode thought(String id, String text) {
    var item = Tree.object().put("id", id).put("type", "reasoning");
    item.putArray("summary").addObject().put("type", "summary_text").put("text", text);
    return item;
  }

  ObjectNode call(String id, String call, String name, String arguments) {
    boolean freeform = freeform(name);
    var item = Tree.object().put("id", id);
    item.put("type", freeform ? "custom_tool_call" : "function_call").put("status", "completed");
    item.put("call_id", call).put("name", ownName(name));
    var tool = terms.prompt().tool(name);
    if (tool != null && tool.namespace() != null) {
      item.put("namespace", tool.namespace());
    }
    return item.put(freeform ? "input" : "arguments", freeform ? input(arguments) : arguments);
  }

  /// The one text of a freeform tool; arguments that are none of ours are given as they came.
  static String input(String arguments) {
    try {
      var input = Tree.arguments(arguments, "arguments").path(Tool.INPUT);
      return input.isString() ? input.stringValue() : arguments;
    } catch (DialectException notJson) {
      // The model kept to the text that it was told of, not to the schema.
      return arguments;
    }
  }
}
