package io.faregate.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.StreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/// What clients ask and providers answer in the tests, as documents of the wire.
public final class Wire {
  static final Path FOLDER = Path.of("src/test/golden/translate");

  private Wire() {}

  /// Who asks whom.
  public record Pair(Protocol client, Api provider) {
    /// Every pair that is translated.
    static List<Pair> all() {
      var pairs = new ArrayList<Pair>();
      for (var client : List.of(Protocol.CHAT, Protocol.RESPONSES, Protocol.MESSAGES)) {
        Arrays.stream(Api.values())
            .filter(api -> !api.speaks(client))
            .forEach(api -> pairs.add(new Pair(client, api)));
      }
      return pairs;
    }

    /// The request that the client sends.
    public String request() {
      return Wire.request(client, provider);
    }

    /// The call as it goes to the provider.
    public Translated carry(String body) {
      var stamp = new Translated.Stamp(true, "fg_1", 1_790_000_000L, "home", null);
      return new Translated(client, provider, body.getBytes(UTF_8), stamp);
    }

    /// A stream of the provider, in its bytes.
    byte[] stream() {
      return stream("weather", "weather");
    }

    /// The same with one quoted word in place of another.
    byte[] stream(String word, String other) {
      var text =
          text(provider.word() + ".stream.txt").replace("\"" + word + "\"", "\"" + other + "\"");
      return provider == Api.BEDROCK ? frames(text) : text.getBytes(UTF_8);
    }

    /// A reader of a stream that the provider sends.
    StreamReader reader() {
      return Objects.requireNonNull(carry(streaming()).stream(streamType()));
    }

    /// The request for a streamed answer.
    String streaming() {
      return request().replaceFirst("\"model\"", "\"stream\": true, \"model\"");
    }

    /// A whole answer of the provider.
    public byte[] answer() {
      return text(provider.word() + ".answer.json").getBytes(UTF_8);
    }

    byte[] error() {
      return text(provider.word() + ".error.json").getBytes(UTF_8);
    }

    int errorStatus() {
      return switch (provider) {
        case OPENAI, OPENAI_CHAT -> 400;
        case ANTHROPIC -> 529;
        case GEMINI -> 429;
        case BEDROCK -> 403;
      };
    }

    String streamType() {
      return provider == Api.BEDROCK
          ? "application/vnd.amazon.eventstream"
          : "text/event-stream; charset=utf-8";
    }

    @Override
    public String toString() {
      return (client + "-to-" + provider).toLowerCase(Locale.ROOT);
    }
  }

  /// What a client asks of a model of that provider. Of OpenAI's models those that think are asked
  /// in Responses.
  public static String request(Protocol client, Api provider) {
    var model = provider == Api.OPENAI ? "gpt-5.4" : "the-model";
    return text(client.word() + ".json").replace("the-model", model);
  }

  /// Frames of an event stream, one from each line: its type and its payload.
  public static byte[] frames(String lines) {
    var all = new ByteArrayOutputStream();
    lines
        .lines()
        .forEach(line -> {
          int space = line.indexOf(' ');
          all.writeBytes(frame(line.substring(0, space), line.substring(space + 1)));
        });
    return all.toByteArray();
  }

  /// One frame.
  static byte[] frame(String type, String payload) {
    var headers = new LinkedHashMap<String, HeaderValue>();
    boolean exception = type.endsWith("Exception");
    headers.put(exception ? ":exception-type" : ":event-type", HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString(exception ? "exception" : "event"));
    return bytes(new Message(headers, payload.getBytes(UTF_8)).toByteBuffer());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /// A document by the name of its file.
  public static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve("in").resolve(file), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }
}
