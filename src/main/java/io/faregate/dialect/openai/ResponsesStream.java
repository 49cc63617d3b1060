package io.faregate.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.faregate.dialect.Answer;
import io.faregate.dialect.Bytes;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.EventRelay;
import io.faregate.dialect.Failure;
import io.faregate.dialect.SseText;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.WrittenText;
import io.faregate.money.Service;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The stream of an OpenAI Responses answer, relayed as it came. Only what can matter is parsed:
/// every event until the first content, and afterwards those that nest the response or in which no
/// text is found.
final class ResponsesStream implements StreamReader, EventRelay.Reader {
  private static final byte[] RESPONSE = "\"response\":".getBytes(US_ASCII);
  private static final byte[] NUMBER = "\"sequence_number\":".getBytes(US_ASCII);
  private static final WrittenText TEXTS = new WrittenText("delta");

  /// The events `created` and `in_progress` both repeat instructions and tools, in which an escape
  /// such as `\u044f` may take three times the bytes of its letter.
  private static final long REPEATED = 2 * 3;

  /// Events of a beginning without content.
  private static final Set<String> SILENT =
      Set.of(
          "response.created",
          "response.queued",
          "response.in_progress",
          "response.output_item.added",
          "response.content_part.added",
          "response.reasoning_summary_part.added",
          "response.failed",
          "error",
          "keepalive",
          "");

  private final EventRelay relay;
  private final ChatUsage usage = new ChatUsage();

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String serviceTier;
  private @Nullable String failure;
  private Carriage.@Nullable Refused refused;
  private boolean started;
  private boolean done;
  private long number = -1;
  private long pieces;
  private long textBytes;

  /// @param askedBytes how long the body of the request was
  ResponsesStream(int askedBytes) {
    this.relay = new EventRelay(this, REPEATED * askedBytes);
  }

  @Override
  public byte[] relay(byte[] piece) {
    return relay.take(piece);
  }

  @Override
  public byte[] end() {
    return relay.end();
  }

  @Override
  public Carriage.@Nullable Refused refused() {
    return refused;
  }

  @Override
  public boolean started() {
    return relay.isOpen();
  }

  @Override
  public boolean mayOpen() {
    return started || (done && failure == null);
  }

  @Override
  public boolean isOver() {
    return done && failure == null && usage.reported().isPresent();
  }

  @Override
  public byte[] error(Failure ours, Dialect dialect) {
    return id == null ? dialect.streamError(ours) : OpenAiResponses.failed(ours, id, number + 1);
  }

  @Override
  public Answer answer() {
    return new Answer(
        usage.reported(),
        usage.contradicts(),
        model,
        Service.at(serviceTier),
        textBytes,
        pieces,
        done && failure == null,
        failure,
        id);
  }

  @Override
  public void event(byte[] bytes, int from, int to) {
    relay.keep(from, to);
    var data = SseText.of(bytes, from, to);
    if (data == null || data.is("") || data.is("[DONE]")) {
      return;
    }
    count(data);
    if (!started || mentions(data) || !written(data)) {
      parse(data);
    }
  }

  private static boolean mentions(SseText data) {
    return Bytes.indexOf(data.bytes(), RESPONSE, data.from(), data.to()) >= 0;
  }

  /// Notes the number of an event, so that an error of ours can have the next one.
  private void count(SseText data) {
    int at = Bytes.indexOf(data.bytes(), NUMBER, data.from(), data.to());
    if (at < 0) {
      return;
    }
    long value = 0;
    for (int i = at + NUMBER.length; i < data.to() && value < Integer.MAX_VALUE; i++) {
      var digit = data.bytes()[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    number = Math.max(number, value);
  }

  private boolean written(SseText data) {
    int written = TEXTS.count(data);
    if (written > 0) {
      pieces++;
      textBytes += written;
    }
    return written > 0;
  }

  private void parse(SseText data) {
    var event = new ResponsesEvent(usage);
    event.read(data.bytes(), data.from(), data.length());
    id = id == null && event.object.equals("response") ? event.id : id;
    model = model == null ? event.model : model;
    serviceTier = event.serviceTier == null ? serviceTier : event.serviceTier;
    if (event.failure != null) {
      failure = event.failure;
      refused = pieces > 0 || event.content ? null : OpenAiErrors.inResponses(data.copy());
    }
    var end = event.type.equals("response.completed") || event.type.equals("response.incomplete");
    done |= end;
    started |= end || event.content || !SILENT.contains(event.type);
    if (event.content && !end) {
      pieces++;
      textBytes += event.textBytes;
    }
  }
}
