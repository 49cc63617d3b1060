package io.faregate.simulator;

import io.faregate.simulator.tongue.Text;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/models` in OpenAI's shape and in Anthropic's.
record ModelList(String owner, List<SimulatedModel> models) {
  String openAi() {
    ObjectNode json = Text.JSON.createObjectNode().put("object", "list");
    ArrayNode array = json.putArray("data");
    for (SimulatedModel model : models) {
      array
          .addObject()
          .put("id", model.name())
          .put("object", "model")
          .put("created", Shop.FIRST_CREATED_SECONDS)
          .put("owned_by", owner);
    }
    return json.toString();
  }

  String anthropic() {
    ObjectNode json = Text.JSON.createObjectNode();
    ArrayNode array = json.putArray("data");
    for (SimulatedModel model : models) {
      array
          .addObject()
          .put("type", "model")
          .put("id", model.name())
          .put("display_name", model.name())
          .put("created_at", Instant.ofEpochSecond(Shop.FIRST_CREATED_SECONDS).toString());
    }
    json.put("has_more", false);
    json.put("first_id", models.isEmpty() ? null : models.getFirst().name());
    json.put("last_id", models.isEmpty() ? null : models.getLast().name());
    return json.toString();
  }
}
