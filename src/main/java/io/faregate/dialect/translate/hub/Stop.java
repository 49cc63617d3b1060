package io.faregate.dialect.translate.hub;

/// Why a model stopped, with the word of each dialect for it.
public enum Stop {
  /// It had said what it had to say.
  END("stop", "end_turn"),
  /// It came to one of the texts at which it was told to stop.
  SEQUENCE("stop", "stop_sequence"),
  /// It came to the output limit.
  LENGTH("length", "max_tokens"),
  /// It came to the end of its context window.
  WINDOW("length", "model_context_window_exceeded"),
  /// It waits for tools.
  TOOLS("tool_calls", "tool_use"),
  /// It, or a filter, refused to go on.
  REFUSED("content_filter", "refusal");

  private final String chat;
  private final String messages;

  Stop(String chat, String messages) {
    this.chat = chat;
    this.messages = messages;
  }

  /// The `finish_reason` of OpenAI Chat.
  public String chat() {
    return chat;
  }

  /// The `stop_reason` of Anthropic Messages.
  public String messages() {
    return messages;
  }

  /// The `status` of an OpenAI response.
  public String status() {
    return incompleteReason().isEmpty() ? "completed" : "incomplete";
  }

  /// Why an OpenAI response is incomplete; empty if it is not.
  public String incompleteReason() {
    return switch (this) {
      case END, SEQUENCE, TOOLS -> "";
      case LENGTH, WINDOW -> "max_output_tokens";
      case REFUSED -> "content_filter";
    };
  }
}
