package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faregate.call.Capability;
import io.faregate.call.Named;
import io.faregate.call.Source;
import io.faregate.dialect.Body;
import io.faregate.dialect.DialectException;
import io.faregate.money.Service;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatBodyTest {
  private static final String PLAIN =
      """
      { "model" : "auto", "messages": [{"role":"user","content":"héllo"}], "temperature":0.7 }\
      """;

  @Test
  void replacesOnlyTheModelName() {
    assertThat(forwarded(PLAIN, change("gpt-5.6-luna")))
        .isEqualTo(PLAIN.replace("\"auto\"", "\"gpt-5.6-luna\""));
  }

  @Test
  void asksForUsageAtTheEndOfAStream() {
    var streamed =
        "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    assertThat(forwarded(streamed, change("m")))
        .isEqualTo(
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]"
                + ",\"stream_options\":{\"include_usage\":true}}");
    assertThat(forwarded(with(streamed, "\"stream_options\":{}"), change("m")))
        .contains("\"stream_options\":{\"include_usage\":true}");
    assertThat(
            forwarded(
                with(streamed, "\"stream_options\":{ \"include_obfuscation\":false}"), change("m")))
        .contains("\"stream_options\":{\"include_usage\":true, \"include_obfuscation\":false}");
    assertThat(
            forwarded(with(streamed, "\"stream_options\":{\"include_usage\":false}"), change("m")))
        .contains("\"stream_options\":{\"include_usage\":true}");
    assertThat(forwarded(with(streamed, "\"stream_options\":null"), change("m")))
        .contains("\"stream_options\":{\"include_usage\":true}");
    var asked = with(streamed, "\"stream_options\":{\"include_usage\":true}");
    assertThat(forwarded(asked, change("auto"))).isEqualTo(asked);
  }

  @Test
  void cutsOurMetadataOutAndReadsIt() {
    var mixed =
        with(PLAIN, "\"metadata\":{\"a\":\"1\",\"faregate_task\":\"faq\",\"faregate_step\":\"s\"}");
    assertThat(read(mixed).work().task()).isEqualTo(new Named("faq", Source.METADATA));
    assertThat(forwarded(mixed, change("m")))
        .contains("\"metadata\":{\"a\":\"1\"}")
        .endsWith("0.7 }");
    var ours = with(PLAIN, "\"metadata\":{\"faregate_task\":\"faq\"}");
    assertThat(forwarded(ours, change("auto"))).doesNotContain("metadata").contains("\"messages\"");
    var last =
        "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
            + " \"metadata\":{\"faregate_task\":\"faq\"} }";
    assertThat(forwarded(last, change("auto")))
        .isEqualTo("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}] }");
  }

  @Test
  void dropsTheOldestTurnsWholeAndKeepsSystemAndLastTurn() {
    var body =
        "{\"model\":\"auto\",\"messages\":["
            + "{\"role\":\"system\",\"content\":\"S\"},"
            + "{\"role\":\"user\",\"content\":\"u1\"},{\"role\":\"assistant\",\"content\":\"a1\"},"
            + "{\"role\":\"user\",\"content\":\"u2\"},{\"role\":\"assistant\",\"content\":\"a2\"},"
            + "{\"role\":\"user\",\"content\":\"u3\"}]}";
    assertThat(read(body).demand().turnBytes()).hasSize(2);
    assertThat(forwarded(body, new Body.Changes("auto", 1, null)))
        .doesNotContain("u1", "a1")
        .contains("\"S\"", "u2", "a2", "u3")
        .contains("{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"u2\"}");
  }

  @Test
  void setsAnOutputCapInPlaceOfAHigherOrMissingOne() {
    assertThat(forwarded(PLAIN, new Body.Changes("m", 0, 500L)))
        .endsWith("0.7 ,\"max_tokens\":500}");
    assertThat(forwarded(with(PLAIN, "\"max_tokens\":9000"), new Body.Changes("m", 0, 500L)))
        .contains("\"max_tokens\":500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-5.6-luna", "gpt-12", "o3-mini", "ft:gpt-5-mini:acme"})
  void callsAnAddedCapByItsNewerNameWhereTheModelRefusesTheOlderOne(String model) {
    assertThat(forwarded(PLAIN, new Body.Changes(model, 0, 500L)))
        .endsWith(",\"max_completion_tokens\":500}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4o", "gpt-oss-120b", "qwen3", "mistral-large", "openai/gpt-5"})
  void callsAnAddedCapByTheNameThatServersLikeOpenAiKnow(String model) {
    assertThat(forwarded(PLAIN, new Body.Changes(model, 0, 500L))).endsWith(",\"max_tokens\":500}");
  }

  @Test
  void lowersALimitUnderTheNameThatTheClientGaveIt() {
    var stated = with(PLAIN, "\"max_completion_tokens\":9000");

    assertThat(forwarded(stated, new Body.Changes("qwen3", 0, 500L)))
        .contains("\"max_completion_tokens\":500")
        .doesNotContain("max_tokens");
  }

  @Test
  void measuresSegmentsOfText() {
    var body =
        "{\"model\":\"auto\",\"tools\":[{\"type\":\"function\"}],\"messages\":["
            + "{\"role\":\"developer\",\"content\":\"rules\"},"
            + "{\"role\":\"user\",\"content\":\"old\"},"
            + "{\"role\":\"assistant\",\"content\":\"older\"},"
            + "{\"role\":\"user\",\"content\":\"<documents>abc</documents>"
            + " why?\"},{\"role\":\"tool\",\"content\":\"result\"}]}";
    var bytes = read(body).demand().inputBytes();
    assertThat(bytes.documents()).isEqualTo("<documents>abc</documents>".length());
    assertThat(bytes.toolResults())
        .isEqualTo("{\"role\":\"tool\",\"content\":\"result\"}".length());
    assertThat(bytes.tools()).isEqualTo("[{\"type\":\"function\"}]".length());
    assertThat(bytes.history())
        .isEqualTo(
            ("{\"role\":\"user\",\"content\":\"old\"}"
                    + "{\"role\":\"assistant\",\"content\":\"older\"}")
                .length());
    assertThat(read(body).demand().needs()).containsExactly(Capability.TOOLS);
  }

  @Test
  void keepsDocumentsWithTheQuestionBesideThem() {
    var documents = "{\"role\":\"user\",\"name\":\"documents\",\"content\":\"D\"}";
    var question = "{\"role\":\"user\",\"content\":\"q\"}";
    var answer = "{\"role\":\"assistant\",\"content\":\"a\"}";
    for (var last : List.of(documents + "," + question, question + "," + documents)) {
      var body = "{\"model\":\"auto\",\"messages\":[" + question + "," + answer + "," + last + "]}";
      var demand = read(body).demand();
      assertThat(demand.turnBytes()).hasSize(1);
      assertThat(demand.inputBytes().documents()).isEqualTo(documents.length());
      assertThat(demand.inputBytes().user()).isEqualTo(question.length());
    }
  }

  @Test
  void aFileByReferenceHasNoBound() {
    var part = "{\"type\":\"file\",\"file\":{%s}}";
    var body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}";

    assertThat(read(body.formatted("\"file_id\":\"file-1\"")).demand().unbounded())
        .isEqualTo("a file by reference has an unknown size");
    assertThat(read(body.formatted("\"file_data\":\"data:x\"")).demand().unbounded()).isNull();
  }

  @Test
  void tellsTheServiceTierThatIsAskedFor() {
    assertThat(read(with(PLAIN, "\"service_tier\":\"priority\"")).demand().service().tier())
        .isEqualTo("priority");
    assertThat(read(with(PLAIN, "\"service_tier\":\"fast\"")).demand().service().tier())
        .as("another word for the same")
        .isEqualTo("priority");
    assertThat(read(with(PLAIN, "\"service_tier\":null")).demand().service())
        .isEqualTo(Service.USUAL);
  }

  @Test
  void refusesWhatIsNoChatBody() {
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("must be a JSON object");
    assertThatThrownBy(() -> read("{\"model\":\"auto\",")).hasMessageContaining("not valid JSON");
    assertThatThrownBy(() -> read("{\"model\":\"a\",\"model\":\"b\",\"messages\":[]}"))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> read("{\"messages\":[{}]}")).hasMessageContaining("model is missing");
    assertThatThrownBy(() -> read("{\"model\":\"a\",\"messages\":[]}"))
        .hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> read("{\"model\":\"a\",\"messages\":[{}],\"n\":100000}"))
        .hasMessageContaining("n must be");
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
        .isInstanceOf(DialectException.class);
    assertThatThrownBy(() ->
            new ChatBodyReader(
                    "{\"model\":\"auto\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))
                .read())
        .hasMessageContaining("UTF-8");
  }

  private static String with(String body, String member) {
    int comma = body.indexOf(',');
    return body.substring(0, comma + 1) + member + "," + body.substring(comma + 1);
  }

  private static Body.Changes change(String model) {
    return new Body.Changes(model, 0, null);
  }

  private static Body read(String body) {
    return new ChatBodyReader(body.getBytes(UTF_8)).read();
  }

  private static String forwarded(String body, Body.Changes changes) {
    return new String(read(body).forProvider(changes), UTF_8);
  }
}
