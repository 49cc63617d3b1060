package io.faregate.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Lays environment variables over a file: `FAREGATE_SERVER__ADMIN__PORT` over `server.admin.port`.
/// The place of such a value is the variable, so that a problem with it names the variable.
public final class Overrides {
  private static final String PREFIX = "FAREGATE_";
  private static final String SEPARATOR = "__";

  private Overrides() {}

  /// The mapping with the variables of the given sections written into it. A variable that names
  /// another section is an error.
  public static Mapping lay(Mapping file, Map<String, String> variables, List<String> sections) {
    var root = (MappingNode) file.item().node();
    for (var variable : new TreeMap<>(variables).entrySet()) {
      var name = variable.getKey();
      if (!name.startsWith(PREFIX) || !name.contains(SEPARATOR)) {
        continue;
      }
      var path = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).split(SEPARATOR);
      var value = scalar(name, variable.getValue());
      if (sections.contains(path[0])) {
        root = with(root, List.of(path), value);
      } else {
        file.item()
            .child(value, path[0], value)
            .error(
                "the environment can set keys of %s only".formatted(String.join(", ", sections)),
                "put " + String.join(".", path) + " into the file, or unset the variable");
      }
    }
    return new Mapping(file.item(), root.getValue());
  }

  private static MappingNode with(MappingNode mapping, List<String> path, ScalarNode value) {
    var entries = new ArrayList<NodeTuple>();
    Node before = null;
    Node key = scalar(value.getStartMark().orElseThrow().getName(), path.getFirst());
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode name
          && name.getValue().equals(path.getFirst())) {
        before = entry.getValueNode();
        key = name;
      } else {
        entries.add(entry);
      }
    }
    if (path.size() > 1 && before != null && !isOpen(before)) {
      // Whoever reads the file says what is wrong with it; the variable must not hide that.
      return mapping;
    }
    var inner =
        before instanceof MappingNode held
            ? held
            : new MappingNode(
                Tag.MAP, true, List.of(), FlowStyle.BLOCK, value.getStartMark(), Optional.empty());
    entries.add(
        new NodeTuple(
            key, path.size() == 1 ? value : with(inner, path.subList(1, path.size()), value)));
    return new MappingNode(
        mapping.getTag(),
        true,
        entries,
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }

  /// Whether keys can be laid into it: a mapping, or a key without a value.
  private static boolean isOpen(Node value) {
    return value instanceof MappingNode || value.getTag().equals(Tag.NULL);
  }

  private static ScalarNode scalar(String variable, String text) {
    var mark = Optional.of(new Mark(variable, 0, -1, -1, new int[0], 0));
    return new ScalarNode(Tag.STR, true, text, ScalarStyle.PLAIN, mark, mark);
  }
}
