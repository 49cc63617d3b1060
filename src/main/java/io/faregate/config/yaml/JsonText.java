package io.faregate.config.yaml;

import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes YAML nodes as JSON: what is plain and reads as a number, a truth value or null stays one.
final class JsonText {
  private static final ScalarResolver RESOLVER = new JsonSchema().getScalarResolver();

  private JsonText() {}

  static String of(Node node) {
    return switch (node) {
      case MappingNode mapping ->
          mapping.getValue().stream()
              .map(JsonText::member)
              .collect(Collectors.joining(",", "{", "}"));
      case SequenceNode list ->
          list.getValue().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalStateException("not a node of a tree: " + node.getNodeType());
    };
  }

  private static String member(NodeTuple entry) {
    var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    return quoted(key) + ":" + of(entry.getValueNode());
  }

  private static String scalar(ScalarNode scalar) {
    var tag =
        scalar.getTag().equals(TreeComposer.PLAIN)
            ? RESOLVER.resolve(scalar.getValue(), true)
            : scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return "null";
    }
    var literal = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
    return literal ? scalar.getValue() : quoted(scalar.getValue());
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
  }
}
