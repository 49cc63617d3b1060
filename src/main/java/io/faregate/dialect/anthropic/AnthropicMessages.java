package io.faregate.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Protocol;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Asked;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.Dialect;
import io.faregate.dialect.Failure;
import io.faregate.dialect.ProviderError;
import io.faregate.dialect.StreamReader;
import io.faregate.dialect.translate.hub.Trouble;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Anthropic Messages. Source: Messages API reference; CLIENTS §4 and §6.
public final class AnthropicMessages implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n".getBytes(UTF_8);
  private static final Map<String, String> VERSION = Map.of("anthropic-version", "2023-06-01");

  /// What overload is called here, where HTTP knows only that a service is away.
  private static final int OVERLOADED = 529;

  private final boolean beta;
  private final boolean counting;

  /// Of a client that calls the plain interface.
  public AnthropicMessages() {
    this(false, false);
  }

  private AnthropicMessages(boolean beta, boolean counting) {
    this.beta = beta;
    this.counting = counting;
  }

  /// Of a client that calls with `?beta=true`, as the beta interface of the SDKs does.
  public static AnthropicMessages beta() {
    return new AnthropicMessages(true, false);
  }

  /// The same, asking only how many tokens a call would have.
  public AnthropicMessages counting() {
    return new AnthropicMessages(beta, true);
  }

  @Override
  public Protocol protocol() {
    return Protocol.MESSAGES;
  }

  @Override
  public Body read(byte[] body) {
    return new MessagesBodyReader(body, counting).read();
  }

  @Override
  public Answer answer(byte[] body, Asked asked) {
    var usage = new MessagesUsage(asked.hourlyCache());
    var message = new MessagesEvent(usage);
    message.read(body, 0, body.length);
    var failure = message.failure;
    if (failure == null && !message.type.equals("message")) {
      failure = "not_a_message";
    }
    return new Answer(
        usage.reported(),
        usage.seen() && usage.reported().isEmpty(),
        message.model,
        usage.service(),
        message.textBytes,
        0,
        failure == null,
        failure);
  }

  @Override
  public StreamReader stream(Asked asked) {
    return new MessagesStream(asked.hourlyCache());
  }

  @Override
  public byte[] error(Failure failure) {
    var error = new LinkedHashMap<String, Object>();
    error.put("type", type(failure));
    var call = failure.call() == null ? "" : " (" + failure.call() + ")";
    error.put("message", failure.message() + call);
    error.put("code", failure.code());
    var document = new LinkedHashMap<String, Object>();
    document.put("type", "error");
    document.put("error", error);
    if (failure.call() != null) {
      document.put("request_id", failure.call());
    }
    return JSON.writeValueAsBytes(document);
  }

  @Override
  public byte[] streamError(Failure failure) {
    var data = new String(error(failure), UTF_8);
    return ("event: error\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  /// A gateway that is stopping is overloaded, in the words of this dialect.
  @Override
  public int status(Failure failure) {
    return failure.code().equals("faregate_draining") ? OVERLOADED : failure.status();
  }

  @Override
  public byte[] keepAlive() {
    return PING.clone();
  }

  /// An error that came with a status of success in place of an answer. It is written like an error
  /// body, and has the status that its type has there.
  static Carriage.Refused refused(byte[] event) {
    var error = new MessagesEvent(new MessagesUsage(false));
    error.read(event, 0, event.length);
    var named = Trouble.Kind.named(error.failure == null ? "" : error.failure);
    var kind = named == null ? Trouble.Kind.SERVER : named;
    var status = kind == Trouble.Kind.OVERLOADED ? OVERLOADED : kind.status();
    var meaning = AnthropicErrors.trouble(status, event).meaning();
    return new Carriage.Refused(meaning, status, event);
  }

  @Override
  public Carriage.@Nullable Refused errorIn(byte[] answer) {
    var message = new MessagesEvent(new MessagesUsage(false));
    message.read(answer, 0, answer.length);
    return message.failure != null && !message.content ? refused(answer) : null;
  }

  @Override
  public ProviderError providerError(int status, byte[] body) {
    return AnthropicErrors.trouble(status, body).meaning();
  }

  @Override
  public String path() {
    return "/v1/messages" + (counting ? "/count_tokens" : "") + (beta ? "?beta=true" : "");
  }

  @Override
  public Map<String, String> headers() {
    return VERSION;
  }

  /// The sort of error in the words of this dialect.
  private static String type(Failure failure) {
    return switch (failure.type()) {
      case "insufficient_quota" -> "billing_error";
      case "rate_limit_exceeded" -> "rate_limit_error";
      default -> failure.type();
    };
  }
}
