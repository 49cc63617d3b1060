package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML text into nodes that know their place, and refuses whatever could make the reader
/// work without end or build an object: size, depth, repetition by alias, and tags are bounded.
public final class YamlTree {
  /// The longest text that is read, in characters.
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 50;

  private static final Set<Tag> PLAIN_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private final Problems problems;
  private final Bounds bounds;
  private final Set<Node> above = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  private YamlTree(Problems problems, Bounds bounds) {
    this.problems = problems;
    this.bounds = bounds;
  }

  /// How large a text may be.
  ///
  /// @param nodes after every alias is written out
  /// @param fix what to do about a larger one
  public record Bounds(int characters, int nodes, String fix) {
    /// A file of the longest size has fewer nodes without aliases.
    static final Bounds POLICY =
        new Bounds(
            MAX_CHARACTERS, 600_000, "a policy is a few hundred lines; is this the right file?");
  }

  /// The mapping that the text holds. If it holds none, or is not safe to read, the problems say so
  /// and the answer is empty.
  public static Optional<Mapping> read(String text, Problems problems) {
    return read(text, problems, Bounds.POLICY);
  }

  /// The same of a text that may be of another size.
  public static Optional<Mapping> read(String text, Problems problems, Bounds bounds) {
    if (text.length() > bounds.characters()) {
      problems.error("the file has more than " + bounds.characters() + " characters", bounds.fix());
      return Optional.empty();
    }
    var root = compose(text, problems, bounds);
    if (root == null || !new YamlTree(problems, bounds).isSafe(root)) {
      return Optional.empty();
    }
    var file = new Item("", root, root, problems);
    var mapping = file.mapping();
    return file.isMapping() ? Optional.of(mapping) : Optional.empty();
  }

  private static @Nullable Node compose(String text, Problems problems, Bounds bounds) {
    var settings =
        LoadSettings.builder()
            .setLabel(problems.file())
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(bounds.characters())
            .setAllowNonScalarKeys(true)
            .build();
    try {
      var root =
          new BoundedComposer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
              .getSingleNode();
      if (root.isEmpty()) {
        problems.error("the file is empty", "`faregate init` writes one to start from");
      }
      return root.orElse(null);
    } catch (TooDeepException tooDeep) {
      problems.add(
          tooDeep.mark,
          Severity.ERROR,
          "nested deeper than " + MAX_DEPTH + " levels",
          "nothing in this file needs that; look for a bracket that is never closed");
    } catch (MarkedYamlEngineException bad) {
      var mark = bad.getProblemMark().or(bad::getContextMark);
      problems.add(mark, Severity.ERROR, "not YAML: " + sentence(bad), fix(bad));
    } catch (YamlEngineException bad) {
      var aliases = String.valueOf(bad.getMessage()).contains("aliases");
      problems.error(
          aliases ? "more than " + MAX_ALIASES + " aliases" : "not YAML: " + bad.getMessage(),
          aliases ? "write the values out" : "see https://yaml.org/spec");
    }
    return null;
  }

  private static String sentence(MarkedYamlEngineException bad) {
    var problem = bad.getProblem();
    return bad.getContext() == null ? problem : problem + " " + bad.getContext();
  }

  private static String fix(MarkedYamlEngineException bad) {
    var problem = String.valueOf(bad.getProblem());
    if (problem.contains("TAB")) {
      return "indent with spaces, never with tabs";
    }
    if (problem.contains("but found another document")
        || problem.contains("expected a single document")) {
      return "keep one policy in a file and remove the line ---";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "quote text that holds \": \", or check the indentation";
    }
    if (problem.contains("undefined alias")) {
      return "quote text that begins with *, such as \"*\"";
    }
    return "check indentation, quotes and brackets here and in the line before";
  }

  /// Looks at every node as often as it is used, so that aliases cannot hide how much there is.
  private boolean isSafe(Node node) {
    if (++nodes > bounds.nodes()) {
      problems.error(
          "its aliases stand for more than " + bounds.nodes() + " values", "write them out");
      return false;
    }
    if (!PLAIN_TAGS.contains(node.getTag())) {
      var tag = node.getTag().getValue();
      return refuse(node, "the tag " + tag + " is not read", "remove it: values need no tags");
    }
    if (!above.add(node)) {
      return refuse(node, "an alias stands for something that holds the alias", "write it out");
    }
    var safe =
        switch (node) {
          case MappingNode mapping -> isSafe(mapping);
          case SequenceNode list -> list.getValue().stream().allMatch(this::isSafe);
          default -> true;
        };
    above.remove(node);
    return safe;
  }

  private boolean isSafe(MappingNode mapping) {
    var first = new HashMap<String, Integer>();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        return refuse(entry.getKeyNode(), "a key must be a word", "write it without brackets");
      }
      var line = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
      var before = first.putIfAbsent(key.getValue(), line);
      if (before != null) {
        problems.add(
            key.getStartMark(),
            Severity.ERROR,
            "\"%s\" is here twice".formatted(key.getValue()),
            "it stands in line " + before + " already; keep one of them");
      }
      if (!isSafe(key) || !isSafe(entry.getValueNode())) {
        return false;
      }
    }
    return true;
  }

  private boolean refuse(Node node, String message, String fix) {
    problems.add(node.getStartMark(), Severity.ERROR, message, fix);
    return false;
  }

  /// Composing is recursive, so depth is bounded before the stack is.
  private static final class BoundedComposer extends Composer {
    private int depth;

    BoundedComposer(LoadSettings settings, ParserImpl parser) {
      super(settings, parser);
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
      enter();
      var node = super.composeSequenceNode(anchor);
      depth--;
      return node;
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
      enter();
      var node = super.composeMappingNode(anchor);
      depth--;
      return node;
    }

    private void enter() {
      if (++depth > MAX_DEPTH) {
        throw new TooDeepException(parser.peekEvent().getStartMark());
      }
    }
  }

  /// Ends the composing of a tree that is nested too deep.
  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Mark> mark;

    TooDeepException(Optional<Mark> mark) {
      super("nested too deep");
      this.mark = mark;
    }
  }
}
