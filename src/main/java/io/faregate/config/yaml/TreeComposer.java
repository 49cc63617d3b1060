package io.faregate.config.yaml;

import io.faregate.config.yaml.Problem.Severity;
import io.faregate.config.yaml.YamlTree.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Makes the tree of one document out of what a parser finds, in one pass, and refuses on the way
/// what is not safe to read. Composing is recursive, so depth is bounded before the stack is.
final class TreeComposer {
  /// The tag of a plain scalar that is not null: whether it is a number or text, the one who asks
  /// finds out. Most are never asked.
  static final Tag PLAIN = new Tag("plain");

  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 50;

  /// A tag that says nothing.
  private static final String NO_TAG = "!";

  private static final Set<Tag> READ =
      Set.of(PLAIN, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private static final Anchored OPEN = new Anchored(null, 0, 0);

  private final Iterator<Event> events;
  private final Problems problems;
  private final Bounds bounds;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;
  private int depth;

  /// How deep it went since the last anchor, with every alias written out.
  private int deepest;

  private int aliases;

  TreeComposer(Iterator<Event> events, Problems problems, Bounds bounds) {
    this.events = events;
    this.problems = problems;
    this.bounds = bounds;
  }

  /// What an alias stands for.
  ///
  /// @param node null as long as it is being composed
  /// @param nodes how many it is, with every alias in it written out
  /// @param levels how deep it is, likewise
  private record Anchored(@Nullable Node node, int nodes, int levels) {}

  /// Ends the composing of what is not safe to read, after the problem is reported.
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// The root of the only document; empty where there is none.
  ///
  /// @throws RefusedException if it is not safe to read; the problems say why
  Optional<Node> document() {
    var _ = events.next();
    if (!(events.next() instanceof DocumentStartEvent)) {
      return Optional.empty();
    }
    var root = node(events.next());
    var _ = events.next();
    if (events.next() instanceof DocumentStartEvent another) {
      throw refuse(
          another.getStartMark(),
          "a second document begins here",
          "keep one policy in a file and remove the line ---");
    }
    return Optional.of(root);
  }

  private Node node(Event event) {
    return switch (event) {
      case AliasEvent alias -> meant(alias);
      case NodeEvent start when start.getAnchor().isPresent() -> anchored(start);
      default -> composed(event);
    };
  }

  private Node meant(AliasEvent alias) {
    var meant = anchors.get(alias.getAlias());
    if (meant == null) {
      throw refuse(
          alias.getStartMark(),
          "this alias stands for nothing",
          "quote text that begins with *, such as \"*\"");
    }
    if (meant.node() == null) {
      throw refuse(
          alias.getStartMark(),
          "an alias stands for something that holds the alias",
          "write it out");
    }
    if (!(meant.node() instanceof ScalarNode) && ++aliases > MAX_ALIASES) {
      problems.error("more than " + MAX_ALIASES + " aliases", "write the values out");
      throw new RefusedException();
    }
    count(meant.nodes());
    reach(depth + meant.levels(), alias);
    return meant.node();
  }

  private Node anchored(NodeEvent start) {
    var anchor = start.getAnchor().orElseThrow();
    var before = nodes;
    var deepestBefore = deepest;
    deepest = depth;
    anchors.put(anchor, OPEN);
    var node = composed(start);
    anchors.put(anchor, new Anchored(node, nodes - before, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private Node composed(Event event) {
    count(1);
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> sequence(start);
      case MappingStartEvent start -> mapping(start);
      default -> throw new IllegalStateException("no node begins with " + event);
    };
  }

  private Node scalar(ScalarEvent scalar) {
    var text = scalar.getValue();
    var plain = scalar.getImplicit().canOmitTagInPlainScalar();
    var untagged = !plain ? Tag.STR : text.isEmpty() || text.equals("null") ? Tag.NULL : PLAIN;
    return new ScalarNode(
        tag(scalar.getTag(), untagged, scalar),
        true,
        text,
        scalar.getScalarStyle(),
        scalar.getStartMark(),
        scalar.getEndMark());
  }

  private Node sequence(SequenceStartEvent start) {
    var tag = tag(start.getTag(), Tag.SEQ, start);
    enter(start);
    var elements = new ArrayList<Node>();
    var event = events.next();
    while (!(event instanceof SequenceEndEvent)) {
      elements.add(node(event));
      event = events.next();
    }
    depth--;
    return new SequenceNode(
        tag, true, elements, start.getFlowStyle(), start.getStartMark(), event.getEndMark());
  }

  private Node mapping(MappingStartEvent start) {
    var tag = tag(start.getTag(), Tag.MAP, start);
    enter(start);
    var entries = new ArrayList<NodeTuple>();
    var keys = new HashMap<String, Node>();
    var event = events.next();
    while (!(event instanceof MappingEndEvent)) {
      var key = key(event, keys);
      entries.add(new NodeTuple(key, node(events.next())));
      event = events.next();
    }
    depth--;
    return new MappingNode(
        tag, true, entries, start.getFlowStyle(), start.getStartMark(), event.getEndMark());
  }

  private Node key(Event event, Map<String, Node> before) {
    if (!(node(event) instanceof ScalarNode key)) {
      throw refuse(event.getStartMark(), "a key must be a word", "write it without brackets");
    }
    var first = before.putIfAbsent(key.getValue(), key);
    if (first != null) {
      problems.add(
          key.getStartMark(),
          Severity.ERROR,
          "\"%s\" is here twice".formatted(key.getValue()),
          "it stands in line %d already; keep one of them"
              .formatted(first.getStartMark().map(mark -> mark.getLine() + 1).orElse(0)));
    }
    return key;
  }

  /// The tag of a node, which must be one of those that plain text has.
  private Tag tag(Optional<String> stated, Tag untagged, Event event) {
    if (stated.isEmpty() || stated.get().equals(NO_TAG)) {
      return untagged;
    }
    var tag = new Tag(stated.get());
    if (!READ.contains(tag)) {
      throw refuse(
          event.getStartMark(),
          "the tag here is not read",
          "remove it: values need no tags; quote text that begins with !");
    }
    return tag;
  }

  /// Counts nodes as often as they are used, so that aliases cannot hide how many there are.
  private void count(int more) {
    nodes += more;
    if (nodes > bounds.nodes()) {
      problems.error(
          "its aliases stand for more than " + bounds.nodes() + " values", "write them out");
      throw new RefusedException();
    }
  }

  private void enter(Event start) {
    reach(++depth, start);
  }

  private void reach(int level, Event at) {
    deepest = Math.max(deepest, level);
    if (level > MAX_DEPTH) {
      throw refuse(
          at.getStartMark(),
          "nested deeper than " + MAX_DEPTH + " levels",
          "nothing in this file needs that; look for a bracket that is never closed");
    }
  }

  private RefusedException refuse(Optional<Mark> mark, String message, String fix) {
    problems.add(mark, Severity.ERROR, message, fix);
    return new RefusedException();
  }
}
