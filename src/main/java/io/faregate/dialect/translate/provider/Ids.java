package io.faregate.dialect.translate.provider;

/// Ids for calls of tools: for those to which a provider gave none, and for providers that do not
/// take what another has given. The same makes the same, so that a client that reads an answer
/// again sees the same ids, and results find their calls.
public final class Ids {
  private static final String OWN = "call_fg_";

  /// The most that Bedrock takes.
  private static final int MOST = 64;

  private Ids() {}

  /// The id of a call.
  ///
  /// @param reply the id of the answer in which it stands; empty if it has none
  /// @param number counts the calls of the answer from 0
  public static String call(String reply, int number) {
    var letters = reply.replaceAll("[^A-Za-z0-9_-]", "");
    var part = letters.length() > 32 ? letters.substring(letters.length() - 32) : letters;
    return OWN + (part.isEmpty() ? "" : part + "_") + number;
  }

  /// An id as Anthropic and Bedrock take it: letters, digits, `_` and `-`, and not too many.
  /// Source: Messages API reference, `tool_use.id`; Amazon Bedrock API reference, ToolUseBlock.
  public static String plain(String id) {
    var plain = id.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.length() <= MOST
        ? plain
        : "%s_%08x".formatted(plain.substring(0, MOST - 9), id.hashCode());
  }

  /// Whether an id was made here and means nothing to the provider.
  public static boolean own(String id) {
    return id.startsWith(OWN);
  }
}
