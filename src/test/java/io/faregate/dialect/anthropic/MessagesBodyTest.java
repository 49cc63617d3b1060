package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import io.faregate.dialect.Body;
import io.faregate.money.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesBodyTest {
  /// Thoughts of models elsewhere, which Faregate shows in messages, have no signature or one of
  /// ours, and Anthropic takes none without its own.
  private static final String UNSIGNED =
      "{ \"type\":\"thinking\", \"thinking\":\"hm\", \"signature\":\"\" }";

  private static final String SEALED =
      "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"%s\"}"
          .formatted(new Seal("openai", "rs_1", "gA").signature());

  private static final String SIGNED =
      "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"}";

  private static final String TEXT = "{\"type\":\"text\",  \"text\":\"signature\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[ U , T ]|[ T ]",
        "[ T , U ]|[ T ]",
        "[ T , U, U ,T ]|[ T , T ]",
        "[U,S,U,T,U]|[S,T]",
        "[O,S,O,T]|[S,T]",
        "[ S , T ]|[ S , T ]",
      })
  void forwardsNoThoughtWithoutASignature(String said, String forwarded) {
    assertThat(forwarded(body(user("a"), assistant(said), user("b")), 0))
        .isEqualTo(body(user("a"), assistant(forwarded), user("b")));
  }

  @Test
  void leavesOutAMessageThatIsNothingButThoughtsWithoutASignature() {
    assertThat(forwarded(body(user("a"), assistant("[U, U]"), user("b")), 0))
        .isEqualTo(body(user("a"), user("b")));
  }

  @Test
  void dropsTurnsWithTheThoughtsInThem() {
    var body =
        body(
            user("a"),
            assistant("[U,T]"),
            user("b"),
            assistant("[U]"),
            user("c"),
            assistant("[U,T]"),
            user("d"));

    assertThat(forwarded(body, 1))
        .isEqualTo(body(user("b"), user("c"), assistant("[T]"), user("d")));
  }

  @Test
  void findsTheThoughtsInTheContentThatCounts() {
    var twice = "{\"content\":[%s],\"role\":\"assistant\",\"content\":[%s]}";

    assertThat(forwarded(body(user("a"), twice.formatted(UNSIGNED, TEXT)), 0))
        .isEqualTo(body(user("a"), twice.formatted(UNSIGNED, TEXT)));
    assertThat(forwarded(body(user("a"), twice.formatted(TEXT, UNSIGNED + "," + TEXT)), 0))
        .isEqualTo(body(user("a"), twice.formatted(TEXT, TEXT)));
  }

  @Test
  void anImageWithinADocumentIsAnImage() {
    var image = "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a/b.png\"}}";
    var content =
        "[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[%s]}}]"
            .formatted(image);

    var demand = demand(content, "");

    assertThat(demand.needs()).containsExactly(Capability.IMAGES);
    assertThat(demand.inputBound()).isGreaterThan(16_384);
    assertThat(demand.inputBytes().documents()).isEqualTo(content.length() - image.length() - 2);
  }

  @Test
  void readsHowItIsToBeServed() {
    assertThat(demand("\"hi\"", ",\"speed\":\"fast\"").service().tier()).isEqualTo("fast");
    assertThat(demand("\"hi\"", ",\"service_tier\":\"standard_only\"").service().tier())
        .isEqualTo("standard_only");
    assertThat(demand("\"hi\"", "").service()).isEqualTo(Service.USUAL);
    assertThat(demand("\"hi\"", ",\"inference_geo\":\"us\"").service().geo()).isEqualTo("us");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "tools":[{"type":"advisor_20260301","name":"advisor","model":"dear"}] | advisor
          "fallbacks":[{"model":"dear"}] | fallbacks
          "fallbacks":"default" | fallbacks
          "context_management":{"edits":[{"type":"compact_20260112"}]} | compaction
          """)
  void knowsNoBoundOfWhatIsWrittenBesideTheAnswer(String asked, String why) {
    assertThat(demand("\"hi\"", "," + asked).unbounded()).contains(why);
    assertThat(sizeAlone(asked).unbounded()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fallbacks\":[]",
        "\"fallbacks\":null",
        "\"context_management\":null",
        "\"context_management\":{\"edits\":[{\"type\":\"clear_thinking_20251015\"},7],\"x\":[1]}",
        "\"context_management\":{\"edits\":{\"type\":\"compact_20260112\"}}",
      })
  void knowsABoundWhereNothingIs(String asked) {
    assertThat(demand("\"hi\"", "," + asked).unbounded()).isNull();
  }

  @Test
  void tellsHowManyTokensAreSetAsideForThinking() {
    var thinking = ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":%s}";

    assertThat(demand("\"hi\"", thinking.formatted("2000")).thinkingBudget()).isEqualTo(2_000);
    assertThat(demand("\"hi\"", thinking.formatted("\"x\"")).thinkingBudget()).isZero();
    assertThat(demand("\"hi\"", "").thinkingBudget()).isZero();
  }

  private static Demand demand(String content, String more) {
    var body =
        """
        {"model":"auto","max_tokens":9,"messages":[{"role":"user","content":%s}]%s}\
        """
            .formatted(content, more);
    return new AnthropicMessages().read(body.getBytes(UTF_8)).demand();
  }

  private static Demand sizeAlone(String more) {
    var body =
        """
        {"model":"auto","messages":[{"role":"user","content":"hi"}],%s}\
        """
            .formatted(more);
    return new AnthropicMessages().counting().read(body.getBytes(UTF_8)).demand();
  }

  private static String forwarded(String body, int turnsTrimmed) {
    var read = new MessagesBodyReader(body.getBytes(UTF_8), false).read();
    return new String(read.forProvider(new Body.Changes("m", turnsTrimmed, null)), UTF_8);
  }

  private static String body(String... messages) {
    return "{\"model\":\"m\",\"max_tokens\":9, \"messages\":[ %s ]}"
        .formatted(String.join(" , ", messages));
  }

  private static String user(String text) {
    return "{\"role\":\"user\",\"content\":\"%s\"}".formatted(text);
  }

  private static String assistant(String content) {
    var blocks =
        content.replace("U", UNSIGNED).replace("T", TEXT).replace("S", SIGNED).replace("O", SEALED);
    return "{\"content\": %s, \"role\":\"assistant\"}".formatted(blocks);
  }
}
