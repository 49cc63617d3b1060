package io.faregate.dialect.openai;

import io.faregate.money.Service;
import org.jspecify.annotations.Nullable;

/// How a call asks OpenAI to be served. What was priority processing is called fast mode now, and
/// has two words; an answer says `priority` to both. Source: Fast mode, OpenAI's guide.
final class AskedService {
  private AskedService() {}

  /// What a `service_tier` asks for; null is the usual service.
  static Service of(@Nullable String word) {
    return Service.at("fast".equals(word) ? "priority" : word);
  }
}
