package io.faregate.simulator;

import java.util.ArrayList;
import java.util.List;

/// The events of a streamed answer, written one by one. Every event that carries content carries
/// exactly one billed token; the choices take turns.
final class ChatStream {
  private static final String DONE = "data: [DONE]\n\n";

  /// One server-sent event. `finalUsage` if its usage is what is billed so far.
  record Event(String text, int tokens, boolean finalUsage) {}

  private sealed interface Step {
    /// A chunk of one choice; `logprobs` and `finish` are JSON.
    record Delta(int choice, String delta, String logprobs, String finish, int tokens)
        implements Step {}

    record Usage() implements Step {}

    record Failure() implements Step {}

    record Done() implements Step {}
  }

  private final Sale sale;
  private final String head;
  private final String tail;
  private final boolean cumulative;
  private final List<Step> steps;
  private int next;
  private int produced;

  ChatStream(Sale sale) {
    this.sale = sale;
    this.head = "data: " + sale.envelope("chat.completion.chunk") + "\"choices\":[";
    this.tail = sale.call().usageAsked() ? "],\"usage\":null}\n\n" : "]}\n\n";
    this.cumulative = sale.conduct().usageHabit == Fault.UsageHabit.CUMULATIVE;
    this.steps = steps();
  }

  boolean hasNext() {
    return next < steps.size();
  }

  /// How many tokens are produced once the next event is sent.
  int tokensDue() {
    return produced + (steps.get(next) instanceof Step.Delta delta ? delta.tokens() : 0);
  }

  Event next() {
    return switch (steps.get(next++)) {
      case Step.Delta delta -> {
        produced += delta.tokens();
        yield new Event(text(delta), delta.tokens(), cumulative);
      }
      case Step.Usage _ -> new Event(head + usage(sale.tokens()), 0, true);
      case Step.Failure _ ->
          new Event("data: " + ChatError.ofStatus(500).json() + "\n\n", 0, false);
      case Step.Done _ -> new Event(DONE, 0, false);
    };
  }

  private String text(Step.Delta delta) {
    var text = new StringBuilder(head.length() + delta.delta().length() + 96).append(head);
    text.append("{\"index\":").append(delta.choice()).append(",\"delta\":").append(delta.delta());
    text.append(",\"logprobs\":").append(delta.logprobs());
    text.append(",\"finish_reason\":").append(delta.finish()).append('}');
    return text.append(cumulative ? usage(sale.tokens().producing(produced)) : tail).toString();
  }

  private static String usage(TokenCount tokens) {
    return "],\"usage\":" + tokens.json() + "}\n\n";
  }

  private List<Step> steps() {
    List<List<Step>> byChoice = new ArrayList<>();
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      byChoice.add(content(i));
    }
    var all = new ArrayList<Step>();
    for (int i = 0; i < byChoice.size(); i++) {
      boolean speaks = sale.answer().choices().get(i).toolCalls().isEmpty();
      String content = speaks ? "\"\"" : "null";
      all.add(delta(i, "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}", 0));
    }
    takeTurns(byChoice, all);
    if (sale.conduct().errorInside()) {
      int kept = byChoice.size() + sale.conduct().errorAfter;
      var broken = new ArrayList<>(all.subList(0, Math.min(kept, all.size())));
      broken.add(new Step.Failure());
      return broken;
    }
    finish(all);
    return all;
  }

  private static void takeTurns(List<List<Step>> byChoice, List<Step> all) {
    int longest = 0;
    for (List<Step> content : byChoice) {
      longest = Math.max(longest, content.size());
    }
    for (int turn = 0; turn < longest; turn++) {
      for (List<Step> content : byChoice) {
        if (turn < content.size()) {
          all.add(content.get(turn));
        }
      }
    }
  }

  private void finish(List<Step> all) {
    Conduct conduct = sale.conduct();
    boolean usage = sale.call().usageAsked() && conduct.reportsUsage() && !cumulative;
    boolean early = conduct.usageHabit == Fault.UsageHabit.EARLY;
    if (usage && early) {
      all.add(new Step.Usage());
    }
    for (int i = 0; i < sale.answer().choices().size(); i++) {
      String reason = Text.quoted(sale.answer().choices().get(i).finishReason());
      all.add(new Step.Delta(i, "{}", "null", reason, 0));
    }
    if (usage && !early) {
      all.add(new Step.Usage());
    }
    if (!conduct.doneMissing) {
      all.add(new Step.Done());
    }
  }

  private List<Step> content(int index) {
    ChatAnswer.Choice choice = sale.answer().choices().get(index);
    var content = new ArrayList<Step>(choice.tokens());
    for (String token : choice.text()) {
      String delta = Text.quote(new StringBuilder("{\"content\":"), token).append('}').toString();
      content.add(new Step.Delta(index, delta, logprobs(token), "null", 1));
    }
    for (int tool = 0; tool < choice.toolCalls().size(); tool++) {
      ChatAnswer.ToolCall toolCall = choice.toolCalls().get(tool);
      String at = "{\"tool_calls\":[{\"index\":" + tool + ",";
      content.add(delta(index, at + opening(toolCall), 1));
      for (String piece : toolCall.arguments()) {
        String delta = at + "\"function\":{\"arguments\":" + Text.quoted(piece) + "}}]}";
        content.add(delta(index, delta, 1));
      }
    }
    return content;
  }

  private static String opening(ChatAnswer.ToolCall toolCall) {
    return "\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
        .formatted(toolCall.id(), Text.quoted(toolCall.name()));
  }

  private static Step delta(int choice, String delta, int tokens) {
    return new Step.Delta(choice, delta, "null", "null", tokens);
  }

  private String logprobs(String token) {
    if (sale.call().topLogprobs() < 0) {
      return "null";
    }
    var json = new StringBuilder("{\"content\":[");
    Text.logprob(json, token, sale.call().topLogprobs());
    return json.append("],\"refusal\":null}").toString();
  }
}
