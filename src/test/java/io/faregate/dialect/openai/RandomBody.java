package io.faregate.dialect.openai;

import io.faregate.dialect.JsonNoise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Chat bodies by chance.
public final class RandomBody extends JsonNoise {
  /// @param chance decides everything
  public RandomBody(Random chance) {
    super(chance);
  }

  /// The text of a body, whose model is `auto`.
  String text() {
    var members = new ArrayList<String>();
    members.add(member("model", "\"auto\""));
    members.add(member("messages", list(messages())));
    some(members, "temperature", chance.nextBoolean() ? "0.7" : "1e-1");
    some(members, "stream", chance.nextBoolean() ? "true" : "false");
    some(members, "stream_options", pick("null", "{ }", "{\"include_usage\":false}"));
    some(members, "max_tokens", pick("null", "17", "9000", "9000.0"));
    some(members, "max_completion_tokens", pick("null", "16", "90000"));
    some(members, "tools", "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"x\":[1,{}]}}]");
    some(members, "metadata", pick("null", "{}", "{\"a\":\"b\"}", metadata()));
    some(members, "n", pick("null", "2"));
    some(members, "stop", "[\"model\", \"}\" ]");
    some(members, "user", text(pick("ann", "böb")));
    some(
        members, "unknown", "{\"deep\":[[[[{\"model\":null}]]]],\"big\":123456789012345678901234}");
    return document(members);
  }

  /// The text of a body, whose model is `auto`, and in which nothing else has to be changed.
  public String plain() {
    var members = new ArrayList<String>();
    members.add(member("model", "\"auto\""));
    members.add(member("messages", list(messages())));
    some(members, "temperature", pick("0.7", "1e-1"));
    some(members, "stop", "[\"model\", \"}\" ]");
    some(members, "metadata", pick("null", "{}", "{\"a\":\"b\"}"));
    some(members, "user", text(pick("ann", "böb")));
    some(members, "unknown", "{\"deep\":[[{\"model\":null}]],\"big\":123456789012345678901234}");
    if (chance.nextInt(3) == 0) {
      members.add(member("stream", "true"));
      members.add(member("stream_options", "{ \"include_usage\" : true}"));
    }
    return document(members);
  }

  private List<String> messages() {
    var messages = new ArrayList<String>();
    if (chance.nextBoolean()) {
      messages.add(message(pick("system", "developer")));
    }
    IntStream.range(0, chance.nextInt(4))
        .forEach(_ -> {
          messages.add(message("user"));
          IntStream.range(0, chance.nextInt(3))
              .forEach(_ -> messages.add(message(pick("assistant", "tool"))));
        });
    messages.add(message("user"));
    return messages;
  }

  private String message(String role) {
    var members = new ArrayList<String>();
    members.add(member("role", text(role)));
    members.add(member("content", content()));
    some(members, "name", text(pick("documents", "ann")));
    return object(members);
  }

  private String content() {
    return switch (chance.nextInt(3)) {
      case 0 -> list(List.of("{\"type\":\"text\",\"text\":" + anyText() + space() + "}"));
      case 1 ->
          list(
              List.of(
                  "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:abcd\"}}",
                  "{\"type\":\"text\",\"text\":" + anyText() + "}"));
      default -> anyText();
    };
  }

  private String metadata() {
    var pairs =
        new ArrayList<>(
            List.of("\"faregate_task\":\"faq\"", "\"faregate_step\" : \"s\"", "\"mine\":\"1\""));
    Collections.shuffle(pairs, chance);
    return "{" + space() + String.join("," + space(), pairs) + "}";
  }
}
