package io.faregate.config.prices;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A form in which somebody publishes prices.
public enum ListFormat {
  /// `model_prices_and_context_window.json` of LiteLLM: dollars per token.
  LITELLM("litellm") {
    @Override
    boolean fits(JsonNode root) {
      return some(
          root, entry -> entry.has("litellm_provider") || entry.has("input_cost_per_token"));
    }

    @Override
    void read(JsonNode root, SnapshotBuilder builder) {
      LiteLlmList.read(root, builder);
    }
  },
  /// `api.json` of models.dev: dollars per million tokens, by provider.
  MODELS_DEV("models.dev") {
    @Override
    boolean fits(JsonNode root) {
      return some(root, provider -> some(ModelsDevList.models(provider), ModelsDevList::isModel));
    }

    @Override
    void read(JsonNode root, SnapshotBuilder builder) {
      ModelsDevList.read(root, builder);
    }
  },
  /// `prices/new_data/v2/data.json` of genai-prices: dated, with rules that match names.
  GENAI_PRICES("genai-prices") {
    @Override
    boolean fits(JsonNode root) {
      return some(
          GenaiPricesList.providers(root),
          entry -> entry.has("id") && entry.path("models").isArray());
    }

    @Override
    void read(JsonNode root, SnapshotBuilder builder) {
      GenaiPricesList.read(root, builder);
    }
  },
  /// `GET /api/v1/models` of OpenRouter: what it takes itself, dollars per token as text.
  OPENROUTER("openrouter") {
    @Override
    boolean fits(JsonNode root) {
      return some(root.path("data"), entry -> entry.path("pricing").isObject());
    }

    @Override
    void read(JsonNode root, SnapshotBuilder builder) {
      OpenRouterList.read(root, builder);
    }
  };

  /// How many entries of a list are looked at to tell what it is.
  private static final int LOOKED_AT = 100;

  private final String word;

  ListFormat(String word) {
    this.word = word;
  }

  /// The name on the command line, and of the list as a source.
  public String word() {
    return word;
  }

  /// The names of all.
  public static List<String> words() {
    return Arrays.stream(values()).map(ListFormat::word).toList();
  }

  /// The format of that name.
  public static Optional<ListFormat> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /// The format of a document, told by its shape.
  static Optional<ListFormat> detect(JsonNode root) {
    return Arrays.stream(values()).filter(format -> format.fits(root)).findFirst();
  }

  abstract boolean fits(JsonNode root);

  abstract void read(JsonNode root, SnapshotBuilder builder);

  private static boolean some(JsonNode entries, Predicate<JsonNode> test) {
    return StreamSupport.stream(entries.spliterator(), false).limit(LOOKED_AT).anyMatch(test);
  }
}
