package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Sse;
import io.faregate.simulator.tongue.Tongue;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI Responses. Keeps the last responses, unless told `"store": false`, for calls that build
/// on them.
public final class ResponsesTongue implements Tongue {
  private static final int MOST_KEPT = 1_024;

  /// What each response was told and has answered, by its id.
  private final Map<String, List<JsonNode>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<JsonNode>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  @Override
  public String name() {
    return "responses";
  }

  @Override
  public Ask read(Request request) {
    OpenAiShapes.versioned(request);
    ObjectNode body = request.json();
    return ResponsesReader.read(request, body, earlier(body));
  }

  private List<JsonNode> earlier(JsonNode body) {
    String id = body.path("previous_response_id").asString("");
    if (id.isEmpty()) {
      return List.of();
    }
    List<JsonNode> items = kept.get(id);
    if (items == null) {
      throw Decline.unknownResponse(id);
    }
    return items;
  }

  @Override
  public String key(Request request) {
    return OpenAiShapes.key(request);
  }

  @Override
  public String plain(Sale sale) {
    var response = new ResponseObject(sale);
    List<ObjectNode> output = response.items(true);
    keep(sale, output);
    boolean told = sale.usageHabit() != UsageHabit.MISSING;
    return response.whole(response.status(), output, told ? sale.reported() : null).toString();
  }

  @Override
  public List<Line> stream(Sale sale) {
    keep(sale, new ResponseObject(sale).items(true));
    return new ResponsesStream(sale).lines();
  }

  private void keep(Sale sale, List<ObjectNode> output) {
    JsonNode body = sale.ask().body();
    if (body.path("store").asBoolean(true)) {
      var items = new ArrayList<>(earlier(body));
      items.addAll(ResponsesReader.items(body.path("input")));
      items.addAll(output);
      kept.put(sale.id("resp_"), items);
    }
  }

  @Override
  public String error(Decline decline) {
    return OpenAiShapes.error(decline);
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    var response = new ResponseObject(sale);
    ObjectNode failed = response.whole("failed", List.of(), null);
    String code = OpenAiShapes.code(decline);
    failed
        .putObject("error")
        .put("code", code.isEmpty() ? "server_error" : code)
        .put("message", decline.message());
    return ResponsesStream.event("response.failed", eventsBefore, failed);
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return Sse.named(
        "response.output_text.delta", "{\"type\":\"response.output_text.delta\",\"item");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return Sse.named("keepalive", Sse.padded("\"type\":\"keepalive\",", bytes));
  }
}
