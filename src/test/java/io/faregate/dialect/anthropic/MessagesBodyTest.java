package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import org.junit.jupiter.api.Test;

class MessagesBodyTest {
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
  void theFastModeIsAServiceTier() {
    assertThat(demand("\"hi\"", ",\"speed\":\"fast\"").service()).isEqualTo("fast");
    assertThat(demand("\"hi\"", ",\"service_tier\":\"standard_only\"").service())
        .isEqualTo("standard_only");
    assertThat(demand("\"hi\"", "").service()).isNull();
  }

  private static Demand demand(String content, String more) {
    var body =
        """
        {"model":"auto","max_tokens":9,"messages":[{"role":"user","content":%s}]%s}\
        """
            .formatted(content, more);
    return new AnthropicMessages().read(body.getBytes(UTF_8)).demand();
  }
}
