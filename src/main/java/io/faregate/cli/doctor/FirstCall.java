package io.faregate.cli.doctor;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client sends first, as far as it matters to a gateway.
///
/// @param path with its query, as that client writes it
/// @param keyHeader the header that carries the key
/// @param end what the answer holds when it came whole
record FirstCall(
    String path, String keyHeader, Map<String, String> headers, String body, String end) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BEARER = "authorization";
  private static final String ANTHROPIC_VERSION = "anthropic-version";

  private static final String CHAT =
      """
      {"model":"auto","messages":[{"role":"user","content":"Where is my order?"}]}\
      """;

  private static final String MESSAGES =
      """
      {"model":"auto","max_tokens":256,"messages":[{"role":"user","content":"Where is my order?"}]}\
      """;

  private static final String RESPONSES =
      """
      {"model":"auto","input":[{"role":"user","content":[{"type":"input_text",\
      "text":"Where is my order?"}]}]}\
      """;

  private static final String CODEX =
      """
      {"model":"task/code_generation","instructions":"You are a coding agent.","input":[\
      {"type":"message","role":"user","content":[{"type":"input_text","text":"Say hello"}]}],\
      "tools":[{"type":"function","name":"shell","description":"Runs a command","strict":false,\
      "parameters":{"type":"object","properties":{"command":{"type":"string"}},\
      "required":["command"]}}],"tool_choice":"auto","parallel_tool_calls":false,"store":false,\
      "stream":true,"include":[],"prompt_cache_key":"doctor"}\
      """;

  private static final String CLAUDE_CODE =
      """
      {"model":"claude-opus-5","max_tokens":32000,"stream":true,"system":[{"type":"text","text":\
      "You are a coding agent.","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user",\
      "content":[{"type":"text","text":"Say hello"}]}],"tools":[{"name":"Bash","description":\
      "Runs a command","input_schema":{"type":"object","properties":{"command":{"type":"string"}},\
      "required":["command"]}}],"metadata":{"user_id":"doctor"}}\
      """;

  FirstCall {
    headers = Map.copyOf(headers);
  }

  static FirstCall chat(String agent) {
    return new FirstCall(
        "/v1/chat/completions", BEARER, Map.of("user-agent", agent), CHAT, "\"choices\"");
  }

  static FirstCall messages(String agent) {
    var headers = Map.of("user-agent", agent, ANTHROPIC_VERSION, "2023-06-01");
    return new FirstCall("/v1/messages", "x-api-key", headers, MESSAGES, "\"stop_reason\"");
  }

  static FirstCall responses(String agent) {
    return new FirstCall(
        "/v1/responses", BEARER, Map.of("user-agent", agent), RESPONSES, "\"completed\"");
  }

  static FirstCall codex() {
    var headers =
        Map.of(
            "user-agent", "codex_cli_rs/0.169.0", "originator", "codex_cli_rs", "session-id", "1");
    return new FirstCall("/v1/responses", BEARER, headers, CODEX, "response.completed");
  }

  static FirstCall claudeCode() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("user-agent", "claude-cli/2.1.197 (external, cli)");
    headers.put(ANTHROPIC_VERSION, "2023-06-01");
    headers.put("anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14");
    headers.put("x-app", "cli");
    headers.put("x-claude-code-session-id", "doctor");
    return new FirstCall("/v1/messages?beta=true", BEARER, headers, CLAUDE_CODE, "message_stop");
  }

  /// The request to that address.
  ///
  /// @param base without a path
  HttpRequest to(String base, String key) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    headers.forEach(request::header);
    return request
        .header(keyHeader, keyHeader.equals(BEARER) ? "Bearer " + key : key)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
