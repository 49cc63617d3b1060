package io.faregate.dialect.translate.client;

import io.faregate.dialect.translate.hub.Tree;
import io.faregate.dialect.translate.hub.Trouble;
import io.faregate.money.Usage;
import tools.jackson.databind.node.ObjectNode;

/// What both dialects of OpenAI write alike.
final class OpenAiWords {
  private OpenAiWords() {}

  /// An error body.
  static byte[] error(Trouble trouble) {
    var body = Tree.object();
    body.putObject("error")
        .put("message", trouble.message())
        .put("type", trouble.kind().openai())
        .put("param", trouble.param())
        .put("code", trouble.code());
    return Tree.bytes(body);
  }

  /// OpenAI knows no 529, and no 424 of a model that broke.
  static int status(Trouble trouble) {
    return switch (trouble.status()) {
      case 0, 424, 529 -> trouble.kind().status();
      default -> trouble.status();
    };
  }

  /// Usage with cached tokens counted inside.
  ///
  /// @param words the names of the totals and of their details in that dialect
  static ObjectNode usage(Usage usage, Words words) {
    var written = Tree.object();
    written.put(words.input(), usage.inputTotal());
    written
        .putObject(words.input() + "_details")
        .put("cached_tokens", usage.cacheRead())
        .put("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    written.put(words.output(), usage.output());
    written.putObject(words.output() + "_details").put("reasoning_tokens", usage.reasoning());
    return written.put("total_tokens", usage.inputTotal() + usage.output());
  }

  /// The names of the totals.
  record Words(String input, String output) {
    /// In OpenAI Chat.
    static final Words CHAT = new Words("prompt_tokens", "completion_tokens");

    /// In OpenAI Responses.
    static final Words RESPONSES = new Words("input_tokens", "output_tokens");
  }

  /// The code of an error inside a response; Codex sends again unless it knows the code.
  static String responseCode(Trouble trouble) {
    if (trouble.code() != null) {
      return trouble.code();
    }
    return switch (trouble.kind()) {
      case BILLING -> "insufficient_quota";
      case RATE -> "rate_limit_exceeded";
      case INVALID, TOO_LARGE -> "invalid_prompt";
      case KEY, PERMISSION, UNKNOWN_NAME, SERVER, OVERLOADED, TIMEOUT -> "server_error";
    };
  }
}
