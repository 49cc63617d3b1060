package io.faregate.dialect.anthropic;

import org.jspecify.annotations.Nullable;

/// What OpenAI needs to know a thought of its model again, in the signature of a thought in the
/// Messages dialect, which its clients keep and give back unread. What is sealed at one provider
/// means nothing to another one, and none of it to Anthropic.
///
/// @param provider the provider's name in the policy
/// @param item the id of the reasoning item
/// @param content its encrypted content
public record Seal(String provider, String item, String content) {
  /// No signature of Anthropic begins like this: those have the letters of base 64 only.
  private static final String OURS = "faregate:";

  private static final String BETWEEN = ":";

  /// The signature that says it.
  public String signature() {
    return OURS + String.join(BETWEEN, provider, item, content);
  }

  /// Whether a signature was written here, so that nobody else can check it.
  public static boolean wrote(String signature) {
    return signature.startsWith(OURS);
  }

  /// What a signature says; null if it was not written here.
  public static @Nullable Seal read(String signature) {
    if (!wrote(signature)) {
      return null;
    }
    var parts = signature.substring(OURS.length()).split(BETWEEN, 3);
    return parts.length == 3 ? new Seal(parts[0], parts[1], parts[2]) : null;
  }
}
