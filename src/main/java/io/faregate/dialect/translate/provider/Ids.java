package io.faregate.dialect.translate.provider;

/// Ids for calls of tools to which a provider gave none: the same for the same answer, so that a
/// client that reads it again sees the same.
public final class Ids {
  private static final String OWN = "call_fg_";

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

  /// Whether an id was made here and means nothing to the provider.
  public static boolean own(String id) {
    return id.startsWith(OWN);
  }
}
