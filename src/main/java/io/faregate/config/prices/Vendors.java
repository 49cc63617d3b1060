package io.faregate.config.prices;

import java.util.Map;

/// Our names of the vendors for those that lists use. A channel (a cloud, an aggregator) is a
/// vendor of its own, since it sets its own prices.
final class Vendors {
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("aws", "amazon"),
          Map.entry("amazon-bedrock", "amazon"),
          Map.entry("bedrock", "amazon"),
          Map.entry("bedrock_converse", "amazon"),
          Map.entry("cohere_chat", "cohere"),
          Map.entry("dashscope", "alibaba"),
          Map.entry("fireworks-ai", "fireworks"),
          Map.entry("fireworks_ai", "fireworks"),
          Map.entry("gemini", "google"),
          Map.entry("moonshotai", "moonshot"),
          Map.entry("text-completion-openai", "openai"),
          Map.entry("together_ai", "together"),
          Map.entry("togetherai", "together"),
          Map.entry("vertex_ai", "google-vertex"),
          Map.entry("vertex_ai-anthropic_models", "google-vertex-anthropic"),
          Map.entry("vertex_ai-embedding-models", "google-vertex"),
          Map.entry("vertex_ai-language-models", "google-vertex"),
          Map.entry("x-ai", "xai"),
          Map.entry("zhipu", "zhipuai"));

  private Vendors() {}

  /// Our name of a vendor; its own where we have none.
  static String ours(String theirs) {
    return OURS.getOrDefault(theirs, theirs);
  }
}
