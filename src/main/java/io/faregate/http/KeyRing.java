package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Caller;
import io.faregate.policy.Key;
import io.vertx.core.MultiMap;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells who a client is by its key. Only hashes are kept, and a key is found by its whole digest:
/// nothing about a near miss can be learned from the time that it takes. Source: CLIENTS §3.
final class KeyRing {
  private static final List<String> HEADERS =
      List.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  private final List<Key> keys;
  private final Map<String, Key> byDigest = new HashMap<>();

  KeyRing(List<Key> keys) {
    this.keys = keys;
    for (var key : keys) {
      key.sha256().forEach(digest -> byDigest.put(digest, key));
    }
  }

  /// Whether the ring was made of these keys.
  boolean of(List<Key> others) {
    return keys.equals(others);
  }

  /// Who it is, or why nobody.
  Identified identify(MultiMap headers, Instant now) {
    if (keys.isEmpty()) {
      return new Identified.As(Caller.IMPLICIT);
    }
    String presented = null;
    for (var name : HEADERS) {
      var value = credential(name, headers.get(name));
      if (value != null && presented != null && !value.equals(presented)) {
        return new Identified.Ambiguous();
      }
      presented = value == null ? presented : value;
    }
    var key = presented == null ? null : byDigest.get(digest(presented));
    if (key == null || (key.expiresAt() != null && !now.isBefore(key.expiresAt()))) {
      return new Identified.Unknown(presented != null && presented.startsWith("sk-"));
    }
    return new Identified.As(key.caller());
  }

  private static @Nullable String credential(String name, @Nullable String value) {
    if (value == null || !name.equals("authorization")) {
      return value;
    }
    return value.regionMatches(true, 0, "Bearer ", 0, 7) ? value.substring(7).strip() : value;
  }

  private static String digest(String key) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /// What the credentials of a request came to.
  sealed interface Identified {
    /// A known caller.
    record As(Caller caller) implements Identified {}

    /// Several headers with different keys.
    record Ambiguous() implements Identified {}

    /// No key, or one that is not ours any more.
    record Unknown(boolean looksLikeProviders) implements Identified {}
  }
}
