package io.faregate.simulator;

import io.faregate.simulator.tongue.Answer;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.SchemaInstance;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tools;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the answer of one call: the scripted turn, what markers ask for, or prose. The same seed,
/// model, prompt and markers always give the same answer.
final class Composer {
  private static final int SHORTEST = 20;
  private static final int SPREAD = 100;
  private static final int THOUGHT_WORDS = 16;

  /// All choices together, and each log probability as one more; with the heap that `faregate sim`
  /// has, five times as many are too many.
  private static final int MOST_TOKENS = 200_000;

  /// What the answer is made from. `fixedTokens` is the length of plain text answers, 0 for a
  /// length that depends on the prompt.
  record Source(long seed, int fixedTokens) {}

  private final Ask ask;
  private final Markers markers;
  private final Source source;
  private final Turns.@Nullable Turn turn;

  private Composer(Ask ask, Markers markers, Source source, Turns.@Nullable Turn turn) {
    this.ask = ask;
    this.markers = markers;
    this.source = source;
    this.turn = turn;
  }

  /// @throws Decline 400, if a marker asks for a tool that the call does not offer, or for more
  ///   tokens than there is memory for
  static Answer answer(Ask ask, Markers markers, Source source, Turns.@Nullable Turn turn) {
    long seed =
        Text.mix(source.seed() ^ ask.talk().meter().hash() ^ Text.mix(ask.model().hashCode()));
    return new Composer(ask, markers, new Source(seed, source.fixedTokens()), turn).answer();
  }

  private Answer answer() {
    if (ask.purpose() != Ask.Purpose.ANSWER) {
      return new Answer(0, List.of(), List.of());
    }
    long seed = source.seed();
    boolean thinks = ask.thinks() || SimulatedModel.reasons(ask.model());
    int usual = thinks ? 16 + (int) Long.remainderUnsigned(seed, 240) : 0;
    int reasoning = Math.min(markers.count("reasoning", usual), ask.maxTokens());
    int room = ask.maxTokens() - reasoning;
    var choices = new ArrayList<Answer.Choice>(ask.choices());
    List<Turns.Wanted> tools = toolsToCall();
    for (int i = 0; i < ask.choices(); i++) {
      List<String> said = turn == null && !tools.isEmpty() ? List.of() : text(seed + i);
      choices.add(calling(spoken(said, room), tools, new Room(room - said.size(), seed + i)));
    }
    return new Answer(reasoning * ask.choices(), thoughts(reasoning), choices);
  }

  /// The reasoning in pieces of some words.
  private List<String> thoughts(int reasoning) {
    List<String> words = Text.words(~source.seed(), Math.min(reasoning, 1_024));
    var pieces = new ArrayList<String>();
    for (int i = 0; i < words.size(); i += THOUGHT_WORDS) {
      pieces.add(String.join("", words.subList(i, Math.min(words.size(), i + THOUGHT_WORDS))));
    }
    return pieces;
  }

  private List<String> text(long seed) {
    if (turn != null) {
      return Text.quarters(turn.say());
    }
    if (markers.given("say")) {
      return Text.quarters(markers.text("say"));
    }
    if (ask.schema() != null) {
      return Text.quarters(SchemaInstance.of(ask.schema()).toString());
    }
    int usual = SHORTEST + (int) Long.remainderUnsigned(seed, SPREAD);
    int tokens = markers.count("tokens", source.fixedTokens() > 0 ? source.fixedTokens() : usual);
    // Nothing beyond the limit needs to be invented; one token more tells that it was cut.
    long invented = Math.min(tokens, ask.maxTokens() + 1L);
    long all = invented * ask.choices() * (1 + Math.max(0, ask.topLogprobs()));
    if (all > MOST_TOKENS) {
      throw Decline.badRequest(
          "%d tokens with all choices and log probabilities; the simulator makes at most %d"
              .formatted(all, MOST_TOKENS));
    }
    return Text.words(seed, (int) invented);
  }

  private static Answer.Choice spoken(List<String> text, int room) {
    boolean cutShort = text.size() > room;
    List<String> kept = cutShort ? List.copyOf(text.subList(0, room)) : text;
    return new Answer.Choice(kept, List.of(), cutShort);
  }

  /// Tokens left, and what makes the ids of this choice its own.
  private record Room(int tokens, long seed) {}

  private Answer.Choice calling(Answer.Choice spoken, List<Turns.Wanted> tools, Room room) {
    if (spoken.cutShort() || tools.isEmpty()) {
      return spoken;
    }
    long group = Text.mix(room.seed());
    var calls = new ArrayList<Answer.ToolCall>();
    int left = room.tokens();
    for (Turns.Wanted wanted : tools) {
      Tools.Tool tool = ask.tools().named(wanted.tool());
      List<String> arguments = Text.quarters(arguments(tool, wanted));
      boolean whole = left >= 1 + arguments.size();
      if (whole || left > 0) {
        List<String> kept = whole ? arguments : List.copyOf(arguments.subList(0, left - 1));
        calls.add(new Answer.ToolCall(group, calls.size(), tool.name(), kept, tool.freeform()));
      }
      if (!whole) {
        return new Answer.Choice(spoken.text(), calls, true);
      }
      left -= 1 + arguments.size();
    }
    return new Answer.Choice(spoken.text(), calls, false);
  }

  private static String arguments(Tools.Tool tool, Turns.Wanted wanted) {
    if (wanted.arguments() != null) {
      return wanted.arguments();
    }
    return tool.freeform() ? "text" : SchemaInstance.of(tool.schema()).toString();
  }

  private List<Turns.Wanted> toolsToCall() {
    if (turn != null) {
      return turn.calls();
    }
    Tools tools = ask.tools();
    // After the tools have answered, the model does.
    if (tools.offered().isEmpty() || ask.talk().afterToolResult()) {
      return List.of();
    }
    if (!tools.forced().isEmpty()) {
      return List.of(new Turns.Wanted(tools.forced(), null));
    }
    if (tools.mode() != Tools.Mode.NEVER && !markers.tools().isEmpty()) {
      List<String> names = markers.tools();
      return (tools.parallel() ? names : names.subList(0, 1))
          .stream().map(name -> new Turns.Wanted(name, null)).toList();
    }
    return tools.mode() == Tools.Mode.SOME
        ? List.of(new Turns.Wanted(tools.offered().getFirst().name(), null))
        : List.of();
  }
}
