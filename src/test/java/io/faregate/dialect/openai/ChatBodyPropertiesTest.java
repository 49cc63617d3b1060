package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.faregate.Seeds;
import io.faregate.dialect.Body;
import io.faregate.dialect.DialectException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is so of every body that is forwarded.
class ChatBodyPropertiesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Body.Changes NONE = new Body.Changes("auto", 0, null);

  @Test
  void forwardsABodyAsItCameIfNothingChanges() {
    Seeds.each(
        1_000,
        chance -> {
          var text = unmarked(chance);
          assertThat(forwarded(text, NONE)).isEqualTo(text);
        });
  }

  @Test
  void changesNothingOfTheBytesButTheModelsName() {
    Seeds.each(
        1_000,
        chance -> {
          var text = unmarked(chance);
          var forwarded = forwarded(text, new Body.Changes("o\"ther/ü", 0, null));
          assertThat(forwarded).isEqualTo(text.replace("\"auto\"", "\"o\\\"ther/ü\""));
        });
  }

  @Test
  void changesNothingOfTheMeaningButWhatItIsTold() {
    Seeds.each(
        1_000,
        chance -> {
          var text = new RandomBody(chance).text();
          var cap = chance.nextBoolean() ? null : Long.valueOf(100);
          var expected = object(text);
          expect(expected, cap);
          assertThat(object(forwarded(text, new Body.Changes("m", 0, cap)))).isEqualTo(expected);
        });
  }

  @Test
  void dropsWholeTurnsAndKeepsSystemAndLastTurn() {
    Seeds.each(
        1_000,
        chance -> {
          var text = new RandomBody(chance).text();
          int turns = read(text).demand().turnBytes().size();
          int dropped = chance.nextInt(turns + 1);
          var kept = object(forwarded(text, new Body.Changes("auto", dropped, null)));
          assertThat(list(kept.get("messages")))
              .isEqualTo(withoutTurns(list(object(text).get("messages")), dropped));
          assertThat(read(kept.toString()).demand().turnBytes()).hasSize(turns - dropped);
        });
  }

  @Test
  void countsEveryByteOfTextInOneSegment() {
    Seeds.each(
        1_000,
        chance -> {
          var text = new RandomBody(chance).text();
          var demand = read(text).demand();
          long history = demand.turnBytes().stream().mapToLong(Long::longValue).sum();
          assertThat(demand.inputBytes().history()).isEqualTo(history);
          assertThat(demand.inputBytes().total()).isLessThanOrEqualTo(text.getBytes(UTF_8).length);
          assertThat(demand.inputBound()).isGreaterThan(demand.inputBytes().total());
        });
  }

  @Test
  void throwsNothingButItsOwnExceptionWhateverComes() {
    Seeds.each(
        5_000,
        chance -> {
          var bytes = new RandomBody(chance).text().getBytes(UTF_8);
          for (int i = 0; i < 1 + chance.nextInt(4); i++) {
            bytes[chance.nextInt(bytes.length)] = anyByte(chance);
          }
          survives(bytes);
        });
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void survivesHostileBodies(byte[] body) {
    survives(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void refusesEveryEncodingButUtf8(String name) {
    var body = new RandomBody(new Random(1)).text().getBytes(Charset.forName(name));
    assertThatCode(() -> new ChatBodyReader(body).read())
        .isInstanceOf(DialectException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void keepsTheByteOrderMarkOfUtf8InItsPlace() {
    var text = "\ufeff{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    assertThat(forwarded(text, new Body.Changes("m", 0, null)))
        .isEqualTo(text.replace("auto", "m"));
  }

  @Test
  void dropsManyTurnsInTimeThatGrowsWithTheirNumberOnly() {
    var turns = "{\"role\":\"user\",\"content\":\"x\"},".repeat(50_000);
    var text = "{\"model\":\"auto\",\"messages\":[" + turns + "{\"role\":\"user\"}]}";
    assertThat(forwarded(text, new Body.Changes("auto", 50_000, null)))
        .isEqualTo("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\"}]}");
  }

  @Test
  void neverRaisesALimitThatTheClientSet() {
    var text =
        "{\"model\":\"auto\",\"max_tokens\":100,\"max_completion_tokens\":500,\"messages\":[{}]}";
    assertThat(forwarded(text, new Body.Changes("auto", 0, 300L)))
        .isEqualTo(text.replace("500", "300"));
  }

  static List<byte[]> hostile() {
    var bodies = new ArrayList<byte[]>();
    Consumer<String> add = text -> bodies.add(text.getBytes(UTF_8));
    for (var value :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(1_000),
            "1".repeat(100_000),
            "1e99999999999",
            "-1e-99999999999",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"\u0000\"",
            "NaN",
            "01",
            "\"" + "x".repeat(1_000_000) + "\"",
            "{\"" + "n".repeat(10_000) + "\":1}")) {
      for (var name :
          List.of("model", "messages", "max_tokens", "n", "metadata", "stream_options", "x")) {
        add.accept(
            "{\"model\":\"m\",\"messages\":[{}],\""
                + name
                + "2\":1,\""
                + name
                + "\":"
                + value
                + "}");
        add.accept("{\"" + name + "\":" + value + "}");
      }
    }
    add.accept("");
    add.accept("{");
    add.accept("\u0000");
    add.accept("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}");
    bodies.add("{\"model\":\"é\",\"messages\":[{\"content\":\"é\"}]}".getBytes(ISO_8859_1));
    bodies.add("{}".getBytes(UTF_16));
    bodies.add(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"'});
    bodies.add(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
    return bodies;
  }

  /// Either reads and forwards a body, or refuses it with the one exception.
  private static void survives(byte[] bytes) {
    try {
      var body = new ChatBodyReader(bytes).read();
      assertThat(body.forProvider(new Body.Changes("m", body.demand().turnBytes().size(), 5L)))
          .isNotEmpty();
    } catch (DialectException refused) {
      assertThat(refused).hasMessageNotContaining("Grüße");
    }
  }

  /// A body in which nothing has to change on the way: no stream, no metadata of ours.
  private static String unmarked(Random chance) {
    var text = new RandomBody(chance).text();
    return text.replace("\"stream\"", "\"straem\"").replace("faregate_", "farewell_");
  }

  private static void expect(ObjectNode body, @Nullable Long cap) {
    body.put("model", "m");
    if (body.path("stream").asBoolean(false)) {
      var stated = body.path("stream_options");
      var options = stated instanceof ObjectNode given ? given : body.putObject("stream_options");
      options.put("include_usage", true);
    }
    if (cap != null) {
      expectCap(body, cap);
    }
    if (body.path("metadata") instanceof ObjectNode metadata && metadata.has("faregate_task")) {
      metadata.remove(List.of("faregate_task", "faregate_step"));
    }
  }

  private static void expectCap(ObjectNode body, long cap) {
    var names = List.of("max_tokens", "max_completion_tokens");
    for (var name : names) {
      var limit = body.get(name);
      if (limit != null && (limit.isNull() || limit.asDouble() > cap)) {
        body.put(name, (int) cap);
      }
    }
    if (names.stream().noneMatch(body::has)) {
      body.put("max_tokens", (int) cap);
    }
  }

  /// The messages without the oldest turns: a user message and all before the next one, documents
  /// with the question beside them.
  private static List<JsonNode> withoutTurns(List<JsonNode> messages, int turns) {
    var kept = new ArrayList<JsonNode>();
    int turn = 0;
    var before = "";
    var asked = true;
    for (var message : messages) {
      var role = message.get("role").asString();
      var system = role.equals("system") || role.equals("developer");
      var documents = message.has("name") && message.get("name").asString().equals("documents");
      if (role.equals("user") && (documents ? !before.equals("user") : asked)) {
        turn++;
        asked = false;
      }
      if (!system) {
        asked |= !role.equals("user") || !documents;
        before = role;
      }
      if (turn > turns || system) {
        kept.add(message);
      }
    }
    return kept;
  }

  private static List<JsonNode> list(JsonNode array) {
    var list = new ArrayList<JsonNode>();
    array.forEach(list::add);
    return list;
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) JSON.readTree(text);
  }

  private static byte anyByte(Random chance) {
    return (byte)
        (chance.nextBoolean() ? "{}[],:\"\\0e".charAt(chance.nextInt(10)) : chance.nextInt(256));
  }

  private static Body read(String text) {
    return new ChatBodyReader(text.getBytes(UTF_8)).read();
  }

  private static String forwarded(String text, Body.Changes changes) {
    return new String(read(text).forProvider(changes), UTF_8);
  }
}
