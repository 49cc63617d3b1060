package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Peer;
import io.faregate.call.Protocol;
import io.faregate.call.Work;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.body.Tags;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads who calls and in which session as other software says it, and lays that under what the
/// body says. Nothing of it authorises anything. Source: CLIENTS §8.
final class Attribution {
  private static final int MAX_ID = 128;

  private static final Map<Peer, List<CharSequence>> SESSIONS =
      Map.of(
          Peer.CLAUDE_CODE, HeaderNames.all("x-claude-code-session-id"),
          Peer.CODEX, HeaderNames.all("session-id", "thread-id"),
          Peer.PORTKEY, HeaderNames.all("x-portkey-trace-id"),
          Peer.HELICONE, HeaderNames.all("helicone-session-id"));

  private static final Map<Peer, List<CharSequence>> USERS =
      Map.of(
          Peer.LITELLM, HeaderNames.all("x-litellm-end-user-id", "x-litellm-customer-id"),
          Peer.HELICONE, HeaderNames.all("helicone-user-id"));

  /// Headers that are one tag each, and the name of the tag.
  private static final Map<Peer, Map<CharSequence, String>> TAGS =
      Map.of(
          Peer.CLAUDE_CODE,
          Map.of(
              HeaderNames.of("x-claude-code-agent-id"), "agent",
              HeaderNames.of("x-claude-code-parent-agent-id"), "parent_agent"),
          Peer.CODEX,
          Map.of(HeaderNames.of("originator"), "originator"),
          Peer.HELICONE,
          Map.of(HeaderNames.of("helicone-session-path"), "session_path"));

  /// A list of tags.
  private static final CharSequence LISTED = HeaderNames.of("x-litellm-tags");

  /// Beginnings of headers whose rest names a tag.
  private static final Map<Peer, String> PREFIXES =
      Map.of(Peer.HELICONE, "helicone-property-", Peer.BIFROST, "x-bf-dim-");

  private static final Map<Peer, CharSequence> JSON =
      Map.of(
          Peer.LITELLM, HeaderNames.of("x-litellm-spend-logs-metadata"),
          Peer.PORTKEY, HeaderNames.of("x-portkey-metadata"));

  private static final String PORTKEYS_USER = "_user";

  private final Set<Peer> peers;

  /// @param peers whose ways are understood
  Attribution(Set<Peer> peers) {
    this.peers = Set.copyOf(peers);
  }

  /// What the body says of the call, and what the headers of others say besides.
  Work under(MultiMap headers, Work body, Protocol protocol) {
    var own = protocol == Protocol.MESSAGES ? Peer.ANTHROPIC : Peer.OPENAI;
    var read = peers.contains(own);
    var tags = new Tags().addAll(read ? body.tags() : null);
    String user = read ? id(body.user()) : null;
    String session = read ? id(body.session()) : null;
    for (var peer : Peer.values()) {
      if (peers.contains(peer)) {
        user = user == null ? first(headers, USERS.getOrDefault(peer, List.of())) : user;
        session =
            session == null ? first(headers, SESSIONS.getOrDefault(peer, List.of())) : session;
        var named = tags(peer, headers, tags);
        user = user == null ? named : user;
      }
    }
    return new Work(
        body.task(),
        body.workflow(),
        body.step(),
        body.plan(),
        body.model(),
        body.action(),
        body.justification(),
        user,
        session,
        tags.text());
  }

  /// Adds the tags of a peer; returns the user that stands among them, or null.
  private @Nullable String tags(Peer peer, MultiMap headers, Tags tags) {
    TAGS.getOrDefault(peer, Map.of())
        .forEach((header, tag) -> {
          var value = headers.get(header);
          if (value != null) {
            tags.add(tag, value);
          }
        });
    if (peer == Peer.LITELLM) {
      listed(headers.get(LISTED), tags);
    }
    var prefix = PREFIXES.get(peer);
    if (prefix != null) {
      headers.forEach((name, value) -> {
        if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
          tags.add(name.substring(prefix.length()).toLowerCase(Locale.ROOT), value);
        }
      });
    }
    var object = JSON.get(peer);
    var pairs = object == null ? Map.<String, String>of() : pairs(headers.get(object));
    pairs.forEach((name, value) -> {
      if (!name.equals(PORTKEYS_USER)) {
        tags.add(name, value);
      }
    });
    return id(pairs.get(PORTKEYS_USER));
  }

  /// A list of tags of which some are pairs and others are words.
  private static void listed(@Nullable String list, Tags tags) {
    if (list == null) {
      return;
    }
    for (var tag : list.split(",", -1)) {
      int at = tag.indexOf('=');
      if (at > 0) {
        tags.add(tag.substring(0, at), tag.substring(at + 1));
      } else {
        tags.add("tag", tag);
      }
    }
  }

  /// The texts of a JSON object in a header. What is none says nothing: it is a remark to somebody
  /// else, and no reason to refuse a call.
  private static Map<String, String> pairs(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    var pairs = new LinkedHashMap<String, String>();
    try (var cursor = new Cursor(json.getBytes(UTF_8))) {
      cursor.document(name -> {
        if (cursor.atString()) {
          pairs.put(name, cursor.string());
        } else {
          cursor.skip();
        }
      });
    } catch (DialectException notJson) {
      return Map.of("metadata", "unreadable");
    }
    return pairs;
  }

  private static @Nullable String first(MultiMap headers, List<CharSequence> names) {
    for (var name : names) {
      var value = id(headers.get(name));
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String id(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    return value.length() <= MAX_ID ? value : value.substring(0, MAX_ID);
  }
}
