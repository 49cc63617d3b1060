package io.faregate.dialect.translate.provider;

import io.faregate.dialect.Cursor;
import io.faregate.dialect.openai.ChatUsage;
import io.faregate.dialect.translate.hub.Reply;
import io.faregate.dialect.translate.hub.Tree;
import io.faregate.money.Service;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Usage and service tier of OpenAI Chat documents, as they come by.
final class OpenAiUsage {
  private final ChatUsage usage = new ChatUsage();
  private @Nullable String serviceTier;

  /// Takes what an answer or a chunk of one says.
  void read(ObjectNode document) {
    var tier = Tree.stringOrNull(document, "service_tier");
    serviceTier = tier == null ? serviceTier : tier;
    count(document);
    // Where Moonshot has it in streams.
    Tree.array(document, "choices").forEach(this::count);
  }

  private void count(JsonNode holder) {
    if (holder.path("usage").isObject()) {
      var part = Tree.object();
      part.set("usage", holder.path("usage"));
      try (var cursor = new Cursor(Tree.bytes(part))) {
        cursor.document(_ -> usage.read(cursor));
      }
    }
  }

  /// What has been said so far.
  Reply.Spent spent() {
    var reported = usage.reported();
    return new Reply.Spent(reported.orElse(null), usage.contradicts(), Service.at(serviceTier));
  }
}
