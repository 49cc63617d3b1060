package io.faregate.dialect.translate.provider;

import io.faregate.dialect.anthropic.FreeRefusal;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The usage of an Anthropic message: `input_tokens` excludes what caches served or keep, and
/// thinking lies inside `output_tokens`. Written tokens without a lifetime count as five minutes.
/// Source: FORMULAS §1.2.
final class AnthropicUsage {
  private static final String INPUT = "input_tokens";
  private static final String OUTPUT = "output_tokens";
  private static final String READ = "cache_read_input_tokens";
  private static final String WRITTEN = "cache_creation_input_tokens";
  private static final String SHORT = "cache_creation/ephemeral_5m_input_tokens";
  private static final String LONG = "cache_creation/ephemeral_1h_input_tokens";
  private static final String THOUGHT = "output_tokens_details/thinking_tokens";

  private final Counts counts = new Counts();
  private boolean refused;

  void read(JsonNode usage) {
    counts.read(usage, INPUT, OUTPUT, READ, WRITTEN, SHORT, LONG, THOUGHT);
    counts.tier(Tree.string(usage, "service_tier"));
    counts.geo(Tree.string(usage, "inference_geo"));
  }

  /// Takes how a message ended, where it or an event of its stream says so.
  void ended(JsonNode end) {
    var category = Tree.string(end.path("stop_details"), "category");
    refused |= FreeRefusal.is(Tree.string(end, "stop_reason"), category);
  }

  Reply.Spent spent() {
    return counts.spent(usage());
  }

  private @Nullable Usage usage() {
    boolean complete = counts.has(INPUT) && counts.has(OUTPUT);
    if (!complete || counts.of(THOUGHT) > counts.of(OUTPUT)) {
      return null;
    }
    if (refused && counts.of(OUTPUT) == 0) {
      return Usage.NONE;
    }
    long lasting = counts.of(LONG);
    long brief = counts.has(SHORT) || counts.has(LONG) ? counts.of(SHORT) : counts.of(WRITTEN);
    if (counts.has(WRITTEN) && counts.of(WRITTEN) != brief + lasting) {
      return null;
    }
    return new Usage(
        counts.of(INPUT), counts.of(READ), brief, lasting, counts.of(OUTPUT), counts.of(THOUGHT));
  }
}
