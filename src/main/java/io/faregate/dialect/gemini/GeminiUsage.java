package io.faregate.dialect.gemini;

import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.provider.Counts;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The `usageMetadata` of Gemini: the prompt includes what the cache served, results of tools that
/// ran there come on top, and thoughts lie outside the candidates unless the total says otherwise.
/// Source: FORMULAS §1.2.
final class GeminiUsage {
  private static final String PROMPT = "promptTokenCount";
  private static final String CACHED = "cachedContentTokenCount";
  private static final String TOOLS = "toolUsePromptTokenCount";
  private static final String WRITTEN = "candidatesTokenCount";
  private static final String THOUGHT = "thoughtsTokenCount";
  private static final String TOTAL = "totalTokenCount";

  private final Counts counts = new Counts();

  void read(ObjectNode answer) {
    counts.read(answer.path("usageMetadata"), PROMPT, CACHED, TOOLS, WRITTEN, THOUGHT, TOTAL);
  }

  Reply.Spent spent() {
    return counts.spent(usage());
  }

  /// An answer of thoughts alone has no count of candidates.
  private @Nullable Usage usage() {
    long input = counts.of(PROMPT) + counts.of(TOOLS);
    long cached = counts.of(CACHED);
    long thought = counts.of(THOUGHT);
    if (!counts.has(PROMPT) || cached > counts.of(PROMPT)) {
      return null;
    }
    boolean inside = counts.of(TOTAL) == input + counts.of(WRITTEN) && thought > 0;
    long output = counts.of(WRITTEN) + (inside ? 0 : thought);
    return thought > output ? null : new Usage(input - cached, cached, 0, 0, output, thought);
  }
}
