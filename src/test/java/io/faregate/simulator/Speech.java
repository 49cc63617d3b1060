package io.faregate.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.simulator.tongue.Text;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// One question in each dialect, and what an answer to it is told by.
enum Speech {
  CHAT("/v1/chat/completions", "authorization: Bearer any", "[DONE]"),
  RESPONSES("/v1/responses", "authorization: Bearer any", "response.completed"),
  MESSAGES("/v1/messages?beta=true", "x-api-key: any", "message_stop"),
  GEMINI("/v1beta/models/claude:generateContent", "x-goog-api-key: any", "\"finishReason\""),
  CONVERSE(
      "/model/claude/converse",
      "authorization: AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/bedrock/aws4_request,"
          + " SignedHeaders=host, Signature=00",
      "metadata ");

  private final String path;
  private final String key;

  /// What the terminal event contains, and no other.
  final String terminal;

  Speech(String path, String key, String terminal) {
    this.path = path;
    this.key = key;
    this.terminal = terminal;
  }

  String path(boolean stream) {
    return switch (this) {
      case CHAT, RESPONSES, MESSAGES -> path;
      case GEMINI -> stream ? path.replace(":g", ":streamG") + "?alt=sse" : path;
      case CONVERSE -> stream ? path + "-stream" : path;
    };
  }

  /// A call of the model `claude`.
  HttpRequest call(RunningProvider running, String text, boolean stream) {
    return calling(running, body(text, stream), stream);
  }

  /// A call with that body.
  HttpRequest calling(RunningProvider running, String body, boolean stream) {
    String name = key.substring(0, key.indexOf(':'));
    return running
        .request(path(stream), body)
        .header(name, key.substring(name.length() + 2))
        .build();
  }

  String body(String text, boolean stream) {
    String quoted = Text.quoted(text);
    String streamed = stream ? ",\"stream\":true" : "";
    return switch (this) {
      case CHAT ->
          """
          {"model":"claude","messages":[{"role":"user","content":%s}]%s}\
          """
              .formatted(
                  quoted,
                  stream ? streamed + ",\"stream_options\":{\"include_usage\":true}" : streamed);
      case RESPONSES ->
          """
          {"model":"claude","input":%s%s}\
          """
              .formatted(quoted, streamed);
      case MESSAGES ->
          """
          {"model":"claude","max_tokens":9999,"messages":[{"role":"user","content":%s}]%s}\
          """
              .formatted(quoted, streamed);
      case GEMINI ->
          """
          {"contents":[{"role":"user","parts":[{"text":%s}]}]}\
          """
              .formatted(quoted);
      case CONVERSE ->
          """
          {"messages":[{"role":"user","content":[{"text":%s}]}]}\
          """
              .formatted(quoted);
    };
  }

  /// The events of a stream, each on one line; the frames of Bedrock with their type before them.
  List<String> events(byte[] body) {
    return this == CONVERSE
        ? frames(body)
        : new String(body, UTF_8).lines().filter(line -> !line.isEmpty()).toList();
  }

  /// Reads frames by the description of the format alone: lengths, checksum of the lengths, headers
  /// of strings, payload, checksum of all.
  private static List<String> frames(byte[] body) {
    var frames = new ArrayList<String>();
    var rest = ByteBuffer.wrap(body);
    while (rest.hasRemaining()) {
      int start = rest.position();
      int whole = rest.getInt();
      int headerBytes = rest.getInt();
      checked(rest, body, start);
      Map<String, String> headers = headers(rest, rest.position() + headerBytes);
      var payload = new byte[whole - 16 - headerBytes];
      rest.get(payload);
      checked(rest, body, start);
      String type = headers.getOrDefault(":event-type", headers.get(":exception-type"));
      frames.add(
          "%s %s %s".formatted(headers.get(":message-type"), type, new String(payload, UTF_8)));
    }
    return frames;
  }

  private static Map<String, String> headers(ByteBuffer rest, int end) {
    var headers = new TreeMap<String, String>();
    while (rest.position() < end) {
      String name = text(rest, rest.get());
      if (rest.get() != 7) {
        throw new AssertionError("a header that is no text: " + name);
      }
      headers.put(name, text(rest, rest.getShort()));
    }
    return headers;
  }

  private static String text(ByteBuffer rest, int length) {
    var bytes = new byte[length];
    rest.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static void checked(ByteBuffer rest, byte[] body, int start) {
    var crc = new CRC32();
    crc.update(body, start, rest.position() - start);
    if (rest.getInt() != (int) crc.getValue()) {
      throw new AssertionError("a checksum is wrong");
    }
  }
}
