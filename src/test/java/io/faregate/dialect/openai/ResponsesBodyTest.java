package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Capability;
import io.faregate.call.Demand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Responses body asks of a model, wherever its tools stand.
class ResponsesBodyTest {
  private static final String SAID = "{\"role\":\"user\",\"content\":\"hi\"}";

  private static final String IN_TOOLS =
      "{\"model\":\"m\",\"tools\":[%s],\"input\":[" + SAID + "]}";

  private static final String IN_INPUT =
      """
      {"model":"m","input":[{"tools":[%s],"type":"additional_tools","role":"developer"},\
      """
          + SAID
          + "]}";

  @ParameterizedTest
  @ValueSource(strings = {IN_TOOLS, IN_INPUT})
  void toolsOfTheClientHaveABound(String body) {
    var demand = demand(body.formatted("{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[]}"));

    assertThat(demand.needs()).contains(Capability.TOOLS);
    assertThat(demand.unbounded()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {IN_TOOLS, IN_INPUT})
  void toolsOfTheProviderHaveNone(String body) {
    var demand = demand(body.formatted("{\"type\":\"web_search\"}"));

    assertThat(demand.unbounded()).contains("web_search runs at the provider");
  }

  private static Demand demand(String body) {
    return new ResponsesBodyReader(body.getBytes(UTF_8)).read().demand();
  }
}
