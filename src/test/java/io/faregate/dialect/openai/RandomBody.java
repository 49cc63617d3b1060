package io.faregate.dialect.openai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Chat bodies by chance, written as clients write them: members in any order, white space
/// anywhere, escapes and characters of every width.
public final class RandomBody {
  private static final List<String> TEXTS =
      List.of(
          "",
          "hello",
          "Grüße an 東京 👋🏽",
          "\\u00e9\\n\\t\\\"quoted\\\" \\\\ \\/ \\ud83d\\ude00",
          "<documents>a [ { , \\\"model\\\":\\\"x\\\"</documents> b",
          "}]},{\\\"role\\\":\\\"user\\\"");

  private final Random chance;

  /// @param chance decides everything
  public RandomBody(Random chance) {
    this.chance = chance;
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
    Collections.shuffle(members, chance);
    return space() + "{" + String.join(",", members) + space() + "}" + space();
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
    Collections.shuffle(members, chance);
    return space() + "{" + String.join(",", members) + space() + "}" + space();
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
    Collections.shuffle(members, chance);
    return "{" + String.join(",", members) + space() + "}";
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

  private String anyText() {
    return text(pick(TEXTS.toArray(String[]::new)));
  }

  private String list(List<String> elements) {
    return elements.stream()
        .map(element -> space() + element + space())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void some(List<String> members, String name, String value) {
    if (chance.nextInt(3) == 0) {
      members.add(member(name, value));
    }
  }

  private String member(String name, String value) {
    return space() + text(name) + space() + ":" + space() + value;
  }

  private static String text(String content) {
    return "\"" + content + "\"";
  }

  private String pick(String... from) {
    return from[chance.nextInt(from.length)];
  }

  private String space() {
    return chance.nextInt(4) == 0 ? pick(" ", "\n  ", "\t", "\r\n") : "";
  }
}
