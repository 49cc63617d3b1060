package io.faregate.simulator.openai;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Talk;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.Tongue;
import io.faregate.simulator.tongue.UsageHabit;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAI Embeddings: vectors of length 1 that depend on the text alone.
public final class EmbeddingsTongue implements Tongue {
  private static final int USUAL_DIMENSIONS = 1_536;
  private static final int MOST_DIMENSIONS = 3_072;

  @Override
  public String name() {
    return "embeddings";
  }

  @Override
  public Ask read(Request request) {
    OpenAiShapes.versioned(request);
    ObjectNode body = request.json();
    var talk = new Talk();
    var draft = new Ask.Draft(talk);
    draft.model = request.model().isEmpty() ? body.path("model").asString("") : request.model();
    if (draft.model.isEmpty()) {
      throw Decline.badRequest("you must provide a model parameter");
    }
    List<JsonNode> inputs = inputs(body.path("input"));
    if (inputs.isEmpty()) {
      throw Decline.badRequest("'$.input' is invalid.");
    }
    for (JsonNode input : inputs) {
      if (input.isString()) {
        talk.meter().part(input.asString());
      } else {
        // Four bytes are one token, and these are tokens already.
        talk.meter().json(4L * input.size());
      }
    }
    int dimensions = body.path("dimensions").asInt(USUAL_DIMENSIONS);
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw Decline.badRequest("Invalid 'dimensions': expected 1 to " + MOST_DIMENSIONS + ".");
    }
    draft.purpose = Ask.Purpose.VECTORS;
    draft.user = body.path("user").asString("");
    draft.body = body;
    return draft.ask();
  }

  /// A text, tokens, or a list of either.
  private static List<JsonNode> inputs(JsonNode input) {
    if (input.isArray() && !input.path(0).isNumber()) {
      return new ArrayList<>(input.values());
    }
    return input.isString() || input.isArray() ? List.of(input) : List.of();
  }

  @Override
  public String key(Request request) {
    return OpenAiShapes.key(request);
  }

  @Override
  public String plain(Sale sale) {
    JsonNode body = sale.ask().body();
    boolean packed = body.path("encoding_format").asString("").equals("base64");
    int dimensions = body.path("dimensions").asInt(USUAL_DIMENSIONS);
    ObjectNode json = Text.JSON.createObjectNode().put("object", "list");
    ArrayNode data = json.putArray("data");
    int index = 0;
    for (JsonNode input : inputs(body.path("input"))) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", index++);
      float[] vector = vector(Text.mix(input.toString().hashCode()), dimensions);
      if (packed) {
        item.put("embedding", packed(vector));
      } else {
        ArrayNode array = item.putArray("embedding");
        for (float value : vector) {
          array.add(value);
        }
      }
    }
    json.put("model", sale.ask().model());
    if (sale.usageHabit() != UsageHabit.MISSING) {
      long prompt = sale.tokens().prompt();
      json.putObject("usage").put("prompt_tokens", prompt).put("total_tokens", prompt);
    }
    return json.toString();
  }

  private static float[] vector(long seed, int dimensions) {
    var values = new double[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      values[i] = (Text.mix(seed + i) >> 11) * 0x1p-52;
      squares += values[i] * values[i];
    }
    var vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (values[i] / Math.sqrt(squares));
    }
    return vector;
  }

  /// Little-endian, as OpenAI packs it.
  private static String packed(float[] vector) {
    Buffer bytes = Buffer.buffer(4 * vector.length);
    for (float value : vector) {
      bytes.appendIntLE(Float.floatToIntBits(value));
    }
    return Base64.getEncoder().encodeToString(bytes.getBytes());
  }

  /// Vectors are not streamed.
  @Override
  public List<Line> stream(Sale sale) {
    return List.of();
  }

  @Override
  public String error(Decline decline) {
    return OpenAiShapes.error(decline);
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    return Buffer.buffer(error(decline));
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return Buffer.buffer("{\"object\":\"li");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return Buffer.buffer(" ".repeat(bytes));
  }
}
