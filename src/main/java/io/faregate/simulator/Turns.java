package io.faregate.simulator;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Conversations written in advance, so that a coding agent meets the same session each time. A
/// call belongs to the first conversation whose `when` a user message of it contains and whose
/// tools it offers; the turn is the one that follows the answers already in it, so a repeated call
/// gets the same turn again. What belongs to none, and what comes after the last turn, is answered
/// as usual.
///
/// ```
/// conversations:
///   - when: "count the lines"     # part of a user message
///     dialect: messages           # chat, responses, messages, gemini, converse; any without it
///     turns:
///       - say: I will look.
///         calls: [{ tool: Bash, arguments: { command: wc -l notes.txt } }]
///       - after: "3"              # part of what the tools answered; else 400
///         say: It has three lines.
///         sim: reasoning=20       # as in a marker
/// ```
public final class Turns {
  /// No conversation at all.
  public static final Turns NONE = new Turns(List.of());

  private static final Set<String> DIALECTS =
      Set.of("chat", "responses", "messages", "gemini", "converse");

  /// @param when part of a user message; empty for any
  /// @param dialect a [Tongue]'s name; empty for any
  record Conversation(String when, String dialect, List<Turn> turns) {
    boolean fits(Ask ask, String spoken) {
      return (dialect.isEmpty() || dialect.equals(spoken))
          && ask.talk().mentions(when)
          && turns.stream()
              .flatMap(turn -> turn.calls().stream())
              .allMatch(wanted -> ask.tools().offers(wanted.tool()));
    }
  }

  /// One answer.
  ///
  /// @param after part of what the tools have answered before it; empty for anything
  /// @param sim items as in a marker, see [Markers]
  record Turn(String after, String say, List<Wanted> calls, String sim) {}

  /// One call of a tool; without arguments the smallest that the tool's schema allows.
  record Wanted(String tool, @Nullable String arguments) {}

  private final List<Conversation> conversations;

  private Turns(List<Conversation> conversations) {
    this.conversations = List.copyOf(conversations);
  }

  /// Reads YAML or JSON.
  ///
  /// @throws IllegalArgumentException if it is neither, or not a list of conversations; the message
  ///   names the place
  public static Turns read(String text) {
    try {
      var settings = LoadSettings.builder().setLabel("script").build();
      Map<?, ?> whole = map("the file", new Load(settings).loadFromString(text));
      only("the file", whole, Set.of("conversations"));
      var conversations = new ArrayList<Conversation>();
      for (Object item : list("conversations", whole.get("conversations"))) {
        String place = "conversations[%d]".formatted(conversations.size());
        conversations.add(conversation(place, map(place, item)));
      }
      return new Turns(conversations);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
  }

  private static Conversation conversation(String place, Map<?, ?> fields) {
    only(place, fields, Set.of("when", "dialect", "turns"));
    String dialect = string(place + ".dialect", fields.get("dialect"));
    if (!dialect.isEmpty() && !DIALECTS.contains(dialect)) {
      throw new IllegalArgumentException(
          "%s.dialect is `%s`; known are %s"
              .formatted(place, dialect, String.join(", ", DIALECTS.stream().sorted().toList())));
    }
    var turns = new ArrayList<Turn>();
    for (Object item : list(place + ".turns", fields.get("turns"))) {
      String at = "%s.turns[%d]".formatted(place, turns.size());
      turns.add(turn(at, map(at, item)));
    }
    if (turns.isEmpty()) {
      throw new IllegalArgumentException(place + " needs turns");
    }
    return new Conversation(string(place + ".when", fields.get("when")), dialect, turns);
  }

  private static Turn turn(String place, Map<?, ?> fields) {
    only(place, fields, Set.of("after", "say", "calls", "sim"));
    var calls = new ArrayList<Wanted>();
    for (Object item : list(place + ".calls", fields.get("calls"))) {
      String at = "%s.calls[%d]".formatted(place, calls.size());
      calls.add(wanted(at, map(at, item)));
    }
    return new Turn(
        string(place + ".after", fields.get("after")),
        string(place + ".say", fields.get("say")),
        List.copyOf(calls),
        string(place + ".sim", fields.get("sim")));
  }

  private static Wanted wanted(String place, Map<?, ?> fields) {
    only(place, fields, Set.of("tool", "arguments", "input"));
    String tool = string(place + ".tool", fields.get("tool"));
    if (tool.isEmpty()) {
      throw new IllegalArgumentException(place + " needs a tool");
    }
    if (fields.containsKey("input")) {
      return new Wanted(tool, string(place + ".input", fields.get("input")));
    }
    Object arguments = fields.get("arguments");
    return new Wanted(
        tool,
        arguments == null
            ? null
            : Text.JSON.writeValueAsString(map(place + ".arguments", arguments)));
  }

  private static void only(String place, Map<?, ?> fields, Set<String> known) {
    for (Object name : fields.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        throw new IllegalArgumentException(
            "%s has `%s`; known are %s"
                .formatted(place, name, String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  private static Map<?, ?> map(String place, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    throw new IllegalArgumentException(place + " must be a map");
  }

  private static List<?> list(String place, @Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(place + " must be a list");
  }

  private static String string(String place, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(place + " must be a text; quote it");
  }

  /// The turn that answers a call in that dialect, or null if none does.
  ///
  /// @throws Decline 400, if the tools did not answer what the turn comes after
  @Nullable Turn next(Ask ask, String dialect) {
    if (ask.purpose() != Ask.Purpose.ANSWER) {
      return null;
    }
    for (Conversation conversation : conversations) {
      if (conversation.fits(ask, dialect)) {
        int number = ask.talk().assistantTurns();
        return number < conversation.turns().size() ? due(conversation, number, ask) : null;
      }
    }
    return null;
  }

  private static Turn due(Conversation conversation, int number, Ask ask) {
    Turn turn = conversation.turns().get(number);
    if (!ask.talk().toolTexts().contains(turn.after())) {
      throw Decline.badRequest(
          "simulator script: turn %d of \"%s\" comes after a tool that answers \"%s\""
              .formatted(number, conversation.when(), turn.after()));
    }
    return turn;
  }
}
