package io.faregate.call;

/// A model at a provider of the configuration, written `provider/name`. The name may contain
/// slashes of its own (`openrouter/meta/llama-4`).
public record ModelId(String provider, String name) {
  public ModelId {
    if (!isProvider(provider) || name.isEmpty()) {
      throw new IllegalArgumentException("not a model: " + provider + "/" + name);
    }
  }

  /// Whether a provider of that name can have models.
  public static boolean isProvider(String name) {
    return !name.isEmpty() && name.indexOf('/') < 0;
  }

  /// Reads `provider/name`.
  ///
  /// @throws IllegalArgumentException if there is no slash, or nothing on one side of it
  public static ModelId parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new IllegalArgumentException("a model is written provider/name, not \"" + text + "\"");
    }
    return new ModelId(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return provider + "/" + name;
  }
}
