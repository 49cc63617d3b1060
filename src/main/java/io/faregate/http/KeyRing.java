package io.faregate.http;

import io.faregate.call.Caller;
import io.faregate.policy.Key;
import io.faregate.policy.KeyText;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells who a client is by its key. Only hashes are kept, and a key is found by its whole digest:
/// nothing about a near miss can be learned from the time that it takes. Source: CLIENTS §3.
final class KeyRing {
  private static final List<String> HEADERS =
      List.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  /// Where Bifrost's clients have their key.
  private static final String BIFROST = "x-bf-vk";

  private final List<Key> keys;
  private final List<String> headers;
  private final boolean open;
  private final Map<String, Key> byDigest = new HashMap<>();

  /// @param open whether everyone may call as long as there are no keys
  KeyRing(List<Key> keys, boolean open) {
    this(keys, open, false);
  }

  /// @param open whether everyone may call as long as there are no keys
  /// @param bifrost whether a key may also stand where Bifrost's clients have it
  KeyRing(List<Key> keys, boolean open, boolean bifrost) {
    this.keys = keys;
    this.headers = bifrost ? Stream.concat(HEADERS.stream(), Stream.of(BIFROST)).toList() : HEADERS;
    this.open = open;
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
      return open ? new Identified.As(Caller.IMPLICIT, null) : new Identified.Nobody();
    }
    String presented = null;
    for (var name : this.headers) {
      for (var value : headers.getAll(name)) {
        var credential = credential(name, value);
        if (presented != null && !credential.isEmpty() && !credential.equals(presented)) {
          return new Identified.Ambiguous();
        }
        presented = credential.isEmpty() ? presented : credential;
      }
    }
    return presented == null ? new Identified.Unknown(KeyText.Shape.OTHER) : holder(presented, now);
  }

  private Identified holder(String presented, Instant now) {
    var shape = KeyText.shapeOf(presented);
    var key = shape == KeyText.Shape.HASH ? null : byDigest.get(KeyText.sha256(presented));
    if (key == null || (key.expiresAt() != null && !now.isBefore(key.expiresAt()))) {
      return new Identified.Unknown(shape);
    }
    return new Identified.As(key.caller(), key);
  }

  private static String credential(String name, String value) {
    var bearer = name.equals("authorization") && value.regionMatches(true, 0, "Bearer ", 0, 7);
    return (bearer ? value.substring(7) : value).strip();
  }

  /// What the credentials of a request came to.
  sealed interface Identified {
    /// A known caller, with its key unless the gateway has none.
    record As(Caller caller, @Nullable Key key) implements Identified {}

    /// Nobody can be known, since the gateway has no keys.
    record Nobody() implements Identified {}

    /// Several headers with different keys.
    record Ambiguous() implements Identified {}

    /// No key, or one that is not ours any more; only the shape of it is told.
    record Unknown(KeyText.Shape shape) implements Identified {}
  }
}
