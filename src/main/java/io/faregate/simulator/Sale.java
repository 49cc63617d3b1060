package io.faregate.simulator;

/// One call with its answer and its price: what both forms of the answer are written from.
///
/// @param tokens of the whole answer
/// @param id of the completion
/// @param createdAtSeconds a made-up time, so that runs can be compared
record Sale(
    ChatCall call,
    SimulatedModel model,
    ChatAnswer answer,
    TokenCount tokens,
    Conduct conduct,
    String id,
    long createdAtSeconds,
    String fingerprint) {

  /// The beginning of every object of the answer, up to and without `choices`.
  String envelope(String object) {
    var json = new StringBuilder(224).append("{\"id\":\"").append(id).append("\",\"object\":\"");
    json.append(object).append("\",\"created\":").append(createdAtSeconds).append(",\"model\":");
    Text.quote(json, model.name()).append(",\"service_tier\":");
    Text.quote(json, call.serviceTier()).append(",\"system_fingerprint\":\"");
    return json.append(fingerprint).append("\",").toString();
  }

  /// The body of a plain answer.
  String body() {
    var json = new StringBuilder(512 + 8 * answer.visibleTokens());
    json.append(envelope("chat.completion")).append("\"choices\":[");
    for (int i = 0; i < answer.choices().size(); i++) {
      choice(json.append(i == 0 ? "" : ","), i);
    }
    json.append(']');
    if (conduct.reportsUsage()) {
      json.append(",\"usage\":").append(tokens.json());
    }
    return json.append('}').toString();
  }

  private void choice(StringBuilder json, int index) {
    ChatAnswer.Choice choice = answer.choices().get(index);
    json.append("{\"index\":").append(index);
    json.append(",\"message\":{\"role\":\"assistant\",\"content\":");
    if (choice.toolCalls().isEmpty()) {
      json.append(Text.quoted(String.join("", choice.text())));
    } else {
      toolCalls(json.append("null,\"tool_calls\":["), choice);
    }
    json.append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":");
    logprobs(json, choice);
    json.append(",\"finish_reason\":\"").append(choice.finishReason()).append("\"}");
  }

  private static void toolCalls(StringBuilder json, ChatAnswer.Choice choice) {
    String comma = "";
    for (ChatAnswer.ToolCall toolCall : choice.toolCalls()) {
      json.append(comma).append("{\"id\":\"").append(toolCall.id());
      json.append("\",\"type\":\"function\",\"function\":{\"name\":");
      json.append(Text.quoted(toolCall.name())).append(",\"arguments\":");
      json.append(Text.quoted(String.join("", toolCall.arguments())));
      json.append("}}");
      comma = ",";
    }
    json.append(']');
  }

  private void logprobs(StringBuilder json, ChatAnswer.Choice choice) {
    if (call.topLogprobs() < 0 || !choice.toolCalls().isEmpty()) {
      json.append("null");
      return;
    }
    json.append("{\"content\":[");
    String comma = "";
    for (String token : choice.text()) {
      Text.logprob(json.append(comma), token, call.topLogprobs());
      comma = ",";
    }
    json.append("],\"refusal\":null}");
  }
}
