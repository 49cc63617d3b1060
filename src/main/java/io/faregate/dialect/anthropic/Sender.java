package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Who sent a call and in which session, as `metadata.user_id` tells: a plain id, or what Claude
/// Code writes there, which names account, device and session. Source: CLIENTS §8.
record Sender(@Nullable String user, @Nullable String session) {
  static final Sender UNKNOWN = new Sender(null, null);

  private static final String SESSION = "_session_";
  private static final int MAX_ID = 128;

  static Sender of(String id) {
    if (id.startsWith("{")) {
      return ofObject(id);
    }
    int at = id.indexOf(SESSION);
    return at < 0
        ? new Sender(cut(id), null)
        : new Sender(cut(id.substring(0, at)), cut(id.substring(at + SESSION.length())));
  }

  private static Sender ofObject(String text) {
    var ids = new HashMap<String, String>();
    try (var cursor = new Cursor(text.getBytes(UTF_8))) {
      cursor.document(name -> {
        if (cursor.atString()) {
          ids.put(name, cursor.string());
        } else {
          cursor.skip();
        }
      });
    } catch (DialectException notJson) {
      // An id that only looks like an object is an id.
      return new Sender(cut(text), null);
    }
    var account = ids.getOrDefault("account_uuid", "");
    var user = account.isEmpty() ? ids.get("device_id") : account;
    return new Sender(cut(user), cut(ids.get("session_id")));
  }

  private static @Nullable String cut(@Nullable String id) {
    if (id == null || id.isBlank()) {
      return null;
    }
    return id.length() <= MAX_ID ? id : id.substring(0, MAX_ID);
  }
}
