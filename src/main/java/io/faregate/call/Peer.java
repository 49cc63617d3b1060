package io.faregate.call;

import java.util.Locale;

/// Software whose own way of saying who calls and what for is understood, so that a client which
/// was set up for it needs no other settings. Source: CLIENTS §8.
public enum Peer {
  /// Fields of OpenAI's bodies: `user`, `safety_identifier`, `prompt_cache_key`, `metadata`.
  OPENAI,
  /// `metadata.user_id` of Anthropic's bodies.
  ANTHROPIC,
  /// Headers of Claude Code.
  CLAUDE_CODE,
  /// Headers of Codex.
  CODEX,
  /// Headers that LiteLLM reads.
  LITELLM,
  /// Headers that Portkey reads.
  PORTKEY,
  /// Headers that Helicone reads.
  HELICONE,
  /// Headers that Bifrost reads, the one with its key among them.
  BIFROST;

  /// The name in configuration: `claude_code`, ...
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
