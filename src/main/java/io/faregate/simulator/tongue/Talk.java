package io.faregate.simulator.tongue;

import java.util.ArrayList;
import java.util.List;

/// The conversation of one call, filled while it is read: its messages are counted by a
/// [PromptMeter], and the turns of the assistant in it by whose turn it is.
public final class Talk {
  /// Who speaks.
  public enum Voice {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
  }

  private final PromptMeter meter = new PromptMeter();
  private final List<String> userTexts = new ArrayList<>();
  private final StringBuilder toolTexts = new StringBuilder();
  private boolean afterToolResult;
  private int assistantTurns;
  private boolean assistantSpeaks;
  private String group = "";

  /// One message or part of one; `role` is the dialect's own word for the voice.
  public void said(Voice voice, String role, String text) {
    meter.message(role, text);
    switch (voice) {
      case SYSTEM -> {}
      case USER -> {
        userTexts.add(text);
        afterToolResult = false;
        assistantSpeaks = false;
      }
      case TOOL -> {
        toolTexts.append(text);
        afterToolResult = true;
        assistantSpeaks = false;
      }
      case ASSISTANT -> {
        if (!assistantSpeaks) {
          turnBegins();
          group = "";
        }
        assistantSpeaks = true;
      }
    }
  }

  /// More of the message that was said last by that voice.
  public void adds(Voice voice, String text) {
    meter.part(text);
    if (voice == Voice.USER) {
      userTexts.set(userTexts.size() - 1, userTexts.getLast() + text);
    }
    if (voice == Voice.TOOL) {
      toolTexts.append(text);
    }
  }

  private void turnBegins() {
    assistantTurns++;
    toolTexts.setLength(0);
  }

  /// A call of a tool that stands by itself among the messages. Calls made at once are one turn,
  /// also if the client puts the results between them; their ids tell.
  public void called(String role, String id, String text) {
    String own = Answer.ToolCall.groupOf(id);
    meter.message(role, text);
    if (!assistantSpeaks && !own.equals(group)) {
      turnBegins();
    }
    group = own;
    assistantSpeaks = true;
  }

  public PromptMeter meter() {
    return meter;
  }

  /// Where markers are looked for.
  public String lastUserText() {
    return userTexts.isEmpty() ? "" : userTexts.getLast();
  }

  /// Whether a user message contains `part`.
  public boolean mentions(String part) {
    return userTexts.stream().anyMatch(text -> text.contains(part));
  }

  /// What tools have answered since the assistant's last turn.
  public String toolTexts() {
    return toolTexts.toString();
  }

  /// Whether tool results follow the last user message.
  public boolean afterToolResult() {
    return afterToolResult;
  }

  /// How often the assistant has answered.
  public int assistantTurns() {
    return assistantTurns;
  }
}
