package io.faregate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.call.Peer;
import io.faregate.call.Protocol;
import io.faregate.call.Work;
import io.vertx.core.MultiMap;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributionTest {
  private static final Set<Peer> ALL = EnumSet.allOf(Peer.class);

  @Test
  void readsTheHeadersOfEveryPeer() {
    var claude = read(ALL, "x-claude-code-session-id", "s1", "x-claude-code-agent-id", "a1");
    assertThat(claude.session()).isEqualTo("s1");
    assertThat(claude.tags()).isEqualTo("agent=a1");

    var codex = read(ALL, "session-id", "s2", "originator", "codex_exec");
    assertThat(codex.session()).isEqualTo("s2");
    assertThat(codex.tags()).isEqualTo("originator=codex_exec");

    var litellm =
        read(
            ALL,
            "x-litellm-tags",
            "blue,team=search",
            "x-litellm-customer-id",
            "ann",
            "x-litellm-spend-logs-metadata",
            "{\"cost_center\":\"7, 8\",\"n\":1}");
    assertThat(litellm.user()).isEqualTo("ann");
    assertThat(litellm.tags()).isEqualTo("tag=blue,team=search,cost_center=7; 8");

    var portkey =
        read(
            ALL,
            "x-portkey-metadata",
            "{\"_user\":\"bob\",\"env\":\"prod\"}",
            "x-portkey-trace-id",
            "t");
    assertThat(portkey.user()).isEqualTo("bob");
    assertThat(portkey.session()).isEqualTo("t");
    assertThat(portkey.tags()).isEqualTo("env=prod");

    var helicone =
        read(
            ALL,
            "Helicone-User-Id",
            "eve",
            "Helicone-Session-Id",
            "h",
            "Helicone-Session-Path",
            "/a/b",
            "Helicone-Property-App",
            "x");
    assertThat(helicone.user()).isEqualTo("eve");
    assertThat(helicone.session()).isEqualTo("h");
    assertThat(helicone.tags()).isEqualTo("session_path=/a/b,app=x");

    assertThat(read(ALL, "x-bf-dim-team", "core").tags()).isEqualTo("team=core");
  }

  @Test
  void readsNothingOfAPeerThatIsSwitchedOff() {
    for (var peer : Peer.values()) {
      var others = EnumSet.complementOf(EnumSet.of(peer));
      var work =
          read(
              others,
              switch (peer) {
                case OPENAI, ANTHROPIC -> new String[] {};
                case CLAUDE_CODE -> new String[] {"x-claude-code-session-id", "s"};
                case CODEX -> new String[] {"session-id", "s", "originator", "codex"};
                case LITELLM -> new String[] {"x-litellm-tags", "a"};
                case PORTKEY -> new String[] {"x-portkey-metadata", "{\"_user\":\"u\"}"};
                case HELICONE -> new String[] {"helicone-user-id", "u"};
                case BIFROST -> new String[] {"x-bf-dim-a", "b"};
              });
      assertThat(work).as(peer.word()).isEqualTo(Work.UNNAMED);
    }
    var body = body("ann", "s", "a=b");
    var none = EnumSet.noneOf(Peer.class);
    assertThat(new Attribution(none).under(headers(), body, Protocol.CHAT).user()).isNull();
    assertThat(new Attribution(Set.of(Peer.OPENAI)).under(headers(), body, Protocol.MESSAGES))
        .isEqualTo(Work.UNNAMED);
  }

  @Test
  void believesTheBodyFirstAndCutsWhatIsTooLong() {
    var body = body("ann", "x".repeat(500), null);
    var work =
        new Attribution(ALL).under(headers("helicone-user-id", "eve"), body, Protocol.RESPONSES);
    assertThat(work.user()).isEqualTo("ann");
    assertThat(work.session()).hasSize(128);
  }

  @Test
  void isNotDisturbedByWhatItCannotRead() {
    assertThat(read(ALL, "x-portkey-metadata", "{broken").tags()).isEqualTo("metadata=unreadable");
    assertThat(read(ALL, "x-litellm-tags", ",, ,").tags()).isNull();
    assertThat(String.valueOf(read(ALL, "x-litellm-tags", "abc,".repeat(2_000)).tags()))
        .hasSizeBetween(1_000, 1_024);
  }

  private static Work read(Set<Peer> peers, String... headers) {
    return new Attribution(peers).under(headers(headers), Work.UNNAMED, Protocol.CHAT);
  }

  private static Work body(String user, String session, @Nullable String tags) {
    return new Work(null, null, null, null, null, null, null, user, session, tags);
  }

  private static MultiMap headers(String... pairs) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }
}
