package io.faregate.config.edit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Puts lines into the `keys` of a configuration and takes them out. Only the text of the keys
/// changes: comments, quotes and the order of everything else stay. An answer is empty where the
/// file is written in a way that leaves no place for the change; whoever asks reads the result
/// before believing it, since anchors and odd layouts can still mislead.
public final class KeyEdit {
  private static final String KEYS = "keys";

  private final String text;
  private final String newLine;
  private final MappingNode root;

  private KeyEdit(String text, MappingNode root) {
    this.text = text;
    this.newLine = text.contains("\r\n") ? "\r\n" : "\n";
    this.root = root;
  }

  /// The keys of that file; empty if it is no YAML of keys and values, one to a line.
  public static Optional<KeyEdit> of(String text) {
    try {
      var composed = new Compose(LoadSettings.builder().build()).composeString(text);
      return composed.orElse(null) instanceof MappingNode root
              && root.getFlowStyle() == FlowStyle.BLOCK
              && column(root) == 0
          ? Optional.of(new KeyEdit(text, root))
          : Optional.empty();
    } catch (YamlEngineException notYaml) {
      return Optional.empty();
    }
  }

  /// The text with one more key at the end of the list.
  ///
  /// @param entry such as `{ name: web, sha256: ... }`
  public Optional<String> with(String entry) {
    var keys = tuple(root, KEYS);
    if (keys == null) {
      var gap = text.isEmpty() || text.endsWith("\n") ? "" : newLine;
      return Optional.of(text + gap + "keys:" + newLine + "  - " + entry + newLine);
    }
    return keys.getValueNode() instanceof SequenceNode list && !list.getValue().isEmpty()
        ? Optional.of(appended(list, entry))
        : Optional.empty();
  }

  /// The text with one more hash for the key.
  public Optional<String> withHash(String name, String sha256) {
    return switch (hashes(name)) {
      case ScalarNode one -> {
        var both = "[%s, %s]".formatted(text.substring(start(one), end(one)), sha256);
        yield Optional.of(text.substring(0, start(one)) + both + text.substring(end(one)));
      }
      case SequenceNode list when !list.getValue().isEmpty() -> Optional.of(appended(list, sha256));
      case null, default -> Optional.empty();
    };
  }

  /// The text without the first of two hashes of the key.
  public Optional<String> withoutOlderHash(String name) {
    return hashes(name) instanceof SequenceNode list && list.getValue().size() == 2
        ? Optional.of(cut(start(list.getValue().getFirst()), start(list.getValue().getLast())))
        : Optional.empty();
  }

  /// The text without the key; without `keys` altogether if it was the only one.
  public Optional<String> without(String name) {
    var keys = tuple(root, KEYS);
    if (keys == null || !(keys.getValueNode() instanceof SequenceNode list)) {
      return Optional.empty();
    }
    var items = list.getValue();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      if (!isCalled(item, name)) {
        continue;
      }
      if (items.size() == 1) {
        return Optional.of(cut(lineStart(start(keys.getKeyNode())), lineAfter(end(list))));
      }
      if (list.getFlowStyle() == FlowStyle.BLOCK) {
        var dash = text.lastIndexOf('-', start(item) - 1);
        return Optional.of(cut(lineStart(dash), lineAfter(end(item))));
      }
      return Optional.of(
          i == 0 ? cut(start(item), start(items.get(1))) : cut(end(items.get(i - 1)), end(item)));
    }
    return Optional.empty();
  }

  private String appended(SequenceNode list, String element) {
    var after = end(list.getValue().getLast());
    if (list.getFlowStyle() == FlowStyle.FLOW) {
      return text.substring(0, after) + ", " + element + text.substring(after);
    }
    var line = lineAfter(after);
    var before = text.substring(0, line);
    var gap = before.endsWith("\n") ? "" : newLine;
    var indent = " ".repeat(column(list));
    return before + gap + indent + "- " + element + newLine + text.substring(line);
  }

  private @Nullable Node hashes(String name) {
    if (value(root, KEYS) instanceof SequenceNode list) {
      for (var item : list.getValue()) {
        if (isCalled(item, name)) {
          return value(item, "sha256");
        }
      }
    }
    return null;
  }

  private static boolean isCalled(Node item, String name) {
    return value(item, "name") instanceof ScalarNode value && value.getValue().equals(name);
  }

  private static @Nullable Node value(Node node, String key) {
    var tuple = tuple(node, key);
    return tuple == null ? null : tuple.getValueNode();
  }

  private static @Nullable NodeTuple tuple(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode word && word.getValue().equals(key)) {
          return tuple;
        }
      }
    }
    return null;
  }

  private String cut(int from, int to) {
    return text.substring(0, from) + text.substring(to);
  }

  private int lineStart(int index) {
    return text.lastIndexOf('\n', index - 1) + 1;
  }

  private int lineAfter(int index) {
    var end = text.indexOf('\n', index);
    return end < 0 ? text.length() : end + 1;
  }

  private int start(Node node) {
    return index(node.getStartMark());
  }

  /// Where the text of a node ends. The mark of a block collection is of no use: it stands where
  /// the next thing begins, after comments that belong to that.
  private int end(Node node) {
    return switch (node) {
      case MappingNode block
          when block.getFlowStyle() == FlowStyle.BLOCK && !block.getValue().isEmpty() ->
          end(block.getValue().getLast().getValueNode());
      case SequenceNode block
          when block.getFlowStyle() == FlowStyle.BLOCK && !block.getValue().isEmpty() ->
          end(block.getValue().getLast());
      default -> index(node.getEndMark());
    };
  }

  /// Marks count code points.
  private int index(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }

  private static int column(Node node) {
    return node.getStartMark().map(Mark::getColumn).orElse(0);
  }
}
