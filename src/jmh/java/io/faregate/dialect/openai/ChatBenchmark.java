package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.dialect.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What reading and forwarding takes: a body of 2 KB, and a stream of 50 events.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ChatBenchmark {
  private static final Body.Changes CHANGES = new Body.Changes("gpt-5.6-luna", 0, null);

  private final byte[] body;
  private final List<byte[]> events = new ArrayList<>();

  /// Writes the body and the events.
  public ChatBenchmark() {
    var text = "A customer asks about the tariff of the day. ".repeat(18);
    body =
        """
        {"model":"auto","stream":true,"messages":[{"role":"system","content":"%s"},
        {"role":"user","content":"why?"},{"role":"assistant","content":"%s"},
        {"role":"user","content":"and now?"}],"temperature":0.2,"user":"ann"}\
        """
            .formatted(text, text)
            .getBytes(UTF_8);
    IntStream.range(0, 48).forEach(i -> event("{\"content\":\"word " + i + "\"}", "null"));
    event("{}", "{\"prompt_tokens\":500,\"completion_tokens\":48,\"total_tokens\":548}");
    events.add("data: [DONE]\n\n".getBytes(UTF_8));
  }

  /// Reads a body, and writes it for the provider with another model and usage asked for.
  @Benchmark
  public byte[] body() {
    return new ChatBodyReader(body).read().forProvider(CHANGES);
  }

  /// Relays a stream to a client that did not ask for usage.
  @Benchmark
  public int stream() {
    var reader = new ChatStream(false);
    int relayed = 0;
    for (var event : events) {
      relayed += reader.relay(event).length;
    }
    return relayed;
  }

  private void event(String delta, String usage) {
    var head = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",";
    var choices = "\"choices\":[{\"index\":0,\"delta\":" + delta + "}],";
    events.add((head + choices + "\"usage\":" + usage + "}\n\n").getBytes(UTF_8));
  }
}
