package io.faregate.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Bodies by chance of Anthropic Messages, OpenAI Responses and Embeddings, in which nothing but
/// the model name has to be changed.
public final class RandomAsk extends JsonNoise {
  private final String model;

  /// @param chance decides everything
  /// @param model as the body has it
  public RandomAsk(Random chance, String model) {
    super(chance);
    this.model = text(model);
  }

  /// A body of Anthropic Messages.
  public String messages() {
    var members = common();
    members.add(member("max_tokens", pick("1", "1024", "32000")));
    members.add(member("messages", list(turns(this::messagesBlock))));
    some(
        members,
        "system",
        pick(
            "\"s\"",
            "[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":"
                + "{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]"));
    some(members, "thinking", pick("{\"type\":\"adaptive\"}", "{\"type\":\"disabled\"}"));
    some(members, "tools", "[ {\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}} ]");
    some(members, "context_management", "{\"edits\":[{\"type\":\"clear_tool_uses_20250919\"}]}");
    some(members, "metadata", pick("{}", "{\"user_id\":\"{\\\"session_id\\\":\\\"1\\\"}\"}"));
    some(members, "stream", "true");
    return document(members);
  }

  /// A body of OpenAI Responses.
  public String responses() {
    var members = common();
    members.add(
        member("input", chance.nextInt(4) == 0 ? anyText() : list(turns(this::responsesBlock))));
    some(members, "instructions", anyText());
    some(members, "max_output_tokens", pick("null", "16", "9000"));
    some(members, "store", pick("true", "false"));
    some(members, "include", "[\"reasoning.encrypted_content\"]");
    some(members, "reasoning", "{\"effort\":\"low\",\"summary\":\"auto\"}");
    some(
        members,
        "text",
        "{\"format\":{\"type\":\"json_schema\",\"schema\":{}},\"verbosity\":\"low\"}");
    some(members, "tools", "[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}}]");
    some(members, "metadata", pick("null", "{}", "{\"a\":\"b\"}"));
    some(members, "prompt_cache_key", text("k"));
    some(members, "stream", "true");
    return document(members);
  }

  /// A body of OpenAI Embeddings.
  public String embeddings() {
    var members = common();
    members.add(
        member("input", pick("\"a\"", "[\"a\", \"\\u00e9\"]", "[1,2,3]", "[[1],[ 2 , 3 ]]")));
    some(members, "dimensions", "256");
    some(members, "encoding_format", pick("\"float\"", "\"base64\""));
    return document(members);
  }

  private List<String> common() {
    var members = new ArrayList<String>();
    members.add(member("model", model));
    some(members, "temperature", pick("0.7", "1e-1"));
    some(members, "unknown", "{\"deep\":[[{\"model\":null}]],\"big\":123456789012345678901234}");
    some(members, "later", pick("null", "[]", "\"model\""));
    return members;
  }

  private interface Blocks {
    String of(String role);
  }

  private List<String> turns(Blocks blocks) {
    var turns = new ArrayList<String>();
    IntStream.range(0, chance.nextInt(4))
        .forEach(_ -> {
          turns.add(turn("user", blocks));
          turns.add(turn("assistant", blocks));
        });
    turns.add(turn("user", blocks));
    return turns;
  }

  private String turn(String role, Blocks blocks) {
    var content =
        chance.nextInt(3) == 0 ? anyText() : list(List.of(blocks.of(role), blocks.of(role)));
    return object(List.of(member("role", text(role)), member("content", content)));
  }

  private String messagesBlock(String role) {
    var cached = chance.nextInt(4) == 0 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "";
    return role.equals("assistant") && chance.nextBoolean()
        ? pick(
            "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"}",
            "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":[1]}}")
        : "{\"type\":\"text\",\"text\":" + anyText() + cached + space() + "}";
  }

  private String responsesBlock(String role) {
    var type = role.equals("user") ? "input_text" : "output_text";
    return "{\"type\":" + text(type) + ",\"text\":" + anyText() + space() + "}";
  }
}
