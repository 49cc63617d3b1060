package io.faregate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.config.ConfigReader;
import io.faregate.config.Environment;
import io.faregate.config.catalogue.Catalogue;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.anthropic.AnthropicMessages;
import io.faregate.dialect.openai.OpenAiChat;
import io.faregate.dialect.openai.OpenAiEmbeddings;
import io.faregate.dialect.openai.OpenAiResponses;
import io.faregate.dialect.translate.Translated;
import io.faregate.dialect.translate.Wire;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Everything that reads bytes of strangers, by name. Each may refuse with a [DialectException] or
/// with problems, and may do nothing else.
final class Parser {
  private static final int PIECE = 97;

  private static final Translated.Stamp STAMP =
      new Translated.Stamp(true, "fg_1", 1_790_000_000L, "home", null);

  private static final List<Dialect> DIALECTS =
      List.of(
          new OpenAiChat(), new OpenAiResponses(), new OpenAiEmbeddings(), new AnthropicMessages());

  private Parser() {}

  /// Prints the names of the parsers.
  public static void main(String[] none) {
    all().keySet().forEach(IO::println);
  }

  /// The parsers: `chat-body`, `chat-stream`, `chat-answer`, `gemini-to-messages-stream`,
  /// `configuration` and so on.
  static Map<String, Consumer<byte[]>> all() {
    var parsers = new TreeMap<String, Consumer<byte[]>>();
    for (var dialect : DIALECTS) {
      straight(parsers, dialect);
    }
    for (var client : List.of(Protocol.CHAT, Protocol.RESPONSES, Protocol.MESSAGES)) {
      Arrays.stream(Api.values())
          .filter(api -> !api.speaks(client))
          .forEach(api -> translated(parsers, client, api));
    }
    parsers.put(
        "configuration",
        bytes -> {
          var environment = new Environment(Map.of(), Path.of("."), Catalogue.builtIn());
          var _ = ConfigReader.read("faregate.yaml", new String(bytes, UTF_8), environment);
        });
    return parsers;
  }

  private static void straight(Map<String, Consumer<byte[]>> parsers, Dialect dialect) {
    var name = dialect.protocol().word();
    parsers.put(
        name + "-body",
        bytes -> {
          var _ = dialect.read(bytes).demand();
        });
    parsers.put(
        name + "-answer",
        bytes -> {
          var _ = dialect.providerError(400, bytes);
          var _ = dialect.answer(bytes, Asked.NOTHING);
          var _ = dialect.errorIn(bytes);
        });
    parsers.put(name + "-stream", bytes -> read(dialect.stream(Asked.NOTHING), bytes));
  }

  private static void translated(
      Map<String, Consumer<byte[]>> parsers, Protocol client, Api provider) {
    var name = provider.word() + "-to-" + client.word();
    var asked = Wire.request(client, provider).getBytes(UTF_8);
    parsers.put(
        name + "-body",
        bytes -> {
          var _ = new Translated(client, provider, bytes, STAMP).body();
        });
    parsers.put(
        name + "-answer",
        bytes -> {
          var carried = new Translated(client, provider, asked, STAMP);
          var _ = carried.refused(400, bytes);
          var _ = carried.answer(bytes);
        });
    parsers.put(
        name + "-stream",
        bytes -> {
          read(stream(client, provider, asked), bytes);
          if (provider == Api.BEDROCK) {
            // Chance does not hit on checksums, so it writes what stands inside of the frames.
            read(stream(client, provider, asked), Wire.frames(framed(new String(bytes, UTF_8))));
          }
        });
  }

  /// The lines that name a type and have a payload.
  private static String framed(String text) {
    return text.lines().filter(line -> line.indexOf(' ') > 0).collect(Collectors.joining("\n"));
  }

  private static StreamReader stream(Protocol client, Api provider, byte[] asked) {
    var type = provider == Api.BEDROCK ? "application/vnd.amazon.eventstream" : "text/event-stream";
    return Objects.requireNonNull(
        new Translated(client, provider, asked, STAMP).stream(type), "a reader");
  }

  private static void read(StreamReader reader, byte[] stream) {
    for (int from = 0; from < stream.length; from += PIECE) {
      var piece = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + PIECE));
      var _ = reader.relay(piece);
    }
    var _ = reader.end();
    var _ = reader.answer();
  }
}
