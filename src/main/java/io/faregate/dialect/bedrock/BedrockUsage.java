package io.faregate.dialect.bedrock;

import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.provider.Counts;
import io.faregate.money.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The `usage` of Converse: the input excludes what caches served or keep, unless only the other
/// reading adds up to the total. Written tokens without a lifetime count as five minutes. Source:
/// FORMULAS §1.2.
final class BedrockUsage {
  private static final String INPUT = "inputTokens";
  private static final String OUTPUT = "outputTokens";
  private static final String TOTAL = "totalTokens";
  private static final String READ = "cacheReadInputTokens";
  private static final String WRITTEN = "cacheWriteInputTokens";
  private static final String LONG = "written for 1h";

  private final Counts counts = new Counts();

  /// Takes what an answer, or the last event of a stream, says.
  void read(ObjectNode document) {
    var usage = document.path("usage");
    counts.read(usage, INPUT, OUTPUT, TOTAL, READ, WRITTEN);
    for (var detail : Tree.array(usage, "cacheDetails")) {
      if (Tree.string(detail, "ttl").equals("1h")) {
        counts.take(LONG, detail.path("inputTokens"));
      }
    }
    counts.tier(Tree.string(Tree.object(document, "serviceTier"), "type"));
  }

  Reply.Spent spent() {
    return counts.spent(usage());
  }

  private @Nullable Usage usage() {
    long cached = counts.of(READ) + counts.of(WRITTEN);
    long lasting = counts.of(LONG);
    if (!counts.has(INPUT) || !counts.has(OUTPUT) || lasting > counts.of(WRITTEN)) {
      return null;
    }
    long apart = counts.of(INPUT) + counts.of(OUTPUT);
    boolean inside = cached > 0 && counts.of(TOTAL) == apart && counts.of(INPUT) >= cached;
    return new Usage(
        inside ? counts.of(INPUT) - cached : counts.of(INPUT),
        counts.of(READ),
        counts.of(WRITTEN) - lasting,
        lasting,
        counts.of(OUTPUT),
        0);
  }
}
