package io.faregate.simulator;

import io.faregate.simulator.tongue.Text;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The models in the shape of each vendor, all or one: `/v1/models` (OpenAI, and Anthropic for its
/// clients), `/openai/models` (Azure), `/v1beta/models` (Gemini), `/foundation-models` (Bedrock).
record ModelList(String owner, List<SimulatedModel> models) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<vendor>|/v1|/openai|/openai/v1|/v1beta)/(?:models|foundation-models)"
              + "(?:/(?<one>[^/]+))?");

  private enum Shape {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    BEDROCK
  }

  /// The answer at an address, or null if there is none.
  @Nullable String at(String path, boolean anthropic) {
    Matcher match = ADDRESS.matcher(path);
    if (!match.matches()) {
      return null;
    }
    Shape shape = shape(path, anthropic);
    String one = match.group("one");
    if (one == null) {
      return all(shape).toString();
    }
    for (SimulatedModel model : models) {
      if (model.name().equals(one)) {
        ObjectNode json = model(shape, model);
        return shape == Shape.BEDROCK
            ? Text.JSON.createObjectNode().set("modelDetails", json).toString()
            : json.toString();
      }
    }
    return null;
  }

  private static Shape shape(String path, boolean anthropic) {
    if (path.startsWith("/foundation-models")) {
      return Shape.BEDROCK;
    }
    return path.startsWith("/v1beta/") ? Shape.GEMINI : anthropic ? Shape.ANTHROPIC : Shape.OPENAI;
  }

  private ObjectNode all(Shape shape) {
    ObjectNode json = Text.JSON.createObjectNode();
    ArrayNode list =
        json.putArray(
            switch (shape) {
              case OPENAI, ANTHROPIC -> "data";
              case GEMINI -> "models";
              case BEDROCK -> "modelSummaries";
            });
    models.forEach(model -> list.add(model(shape, model)));
    if (shape == Shape.OPENAI) {
      json.put("object", "list");
    }
    if (shape == Shape.ANTHROPIC) {
      json.put("has_more", false);
      json.put("first_id", models.isEmpty() ? null : models.getFirst().name());
      json.put("last_id", models.isEmpty() ? null : models.getLast().name());
    }
    return json;
  }

  private ObjectNode model(Shape shape, SimulatedModel model) {
    ObjectNode json = Text.JSON.createObjectNode();
    switch (shape) {
      case OPENAI ->
          json.put("id", model.name())
              .put("object", "model")
              .put("created", Shop.FIRST_CREATED_SECONDS)
              .put("owned_by", owner);
      case ANTHROPIC ->
          json.put("type", "model")
              .put("id", model.name())
              .put("display_name", model.name())
              .put("created_at", Instant.ofEpochSecond(Shop.FIRST_CREATED_SECONDS).toString());
      case GEMINI ->
          json.put("name", "models/" + model.name())
              .put("version", "001")
              .put("displayName", model.name())
              .put("inputTokenLimit", model.windowTokens())
              .putArray("supportedGenerationMethods")
              .add("generateContent");
      case BEDROCK -> {
        json.put("modelId", model.name()).put("modelName", model.name());
        json.put("providerName", owner).put("responseStreamingSupported", true);
        json.putArray("inputModalities").add("TEXT");
        json.putArray("outputModalities").add("TEXT");
      }
    }
    return json;
  }
}
