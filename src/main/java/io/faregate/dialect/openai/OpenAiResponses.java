package io.faregate.dialect.openai;

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
import io.faregate.money.Service;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI Responses. Source: Responses API reference; CLIENTS §4 and §6.
public final class OpenAiResponses implements Dialect {
  private static final JsonMapper JSON = new JsonMapper();
  private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(UTF_8);

  @Override
  public Protocol protocol() {
    return Protocol.RESPONSES;
  }

  @Override
  public Body read(byte[] body) {
    return new ResponsesBodyReader(body).read();
  }

  @Override
  public Answer answer(byte[] body, Asked asked) {
    var usage = new ChatUsage();
    var response = new ResponsesEvent(usage);
    response.read(body, 0, body.length);
    var failure = response.failure;
    if (failure == null && !response.object.equals("response")) {
      failure = "not_a_response";
    }
    return new Answer(
        usage.reported(),
        usage.contradicts(),
        response.model,
        Service.at(response.serviceTier),
        response.textBytes,
        0,
        failure == null,
        failure,
        response.id);
  }

  @Override
  public StreamReader stream(Asked asked) {
    return new ResponsesStream(asked.bytes());
  }

  @Override
  public byte[] error(Failure failure) {
    return OpenAiErrors.body(failure);
  }

  @Override
  public byte[] streamError(Failure failure) {
    return failed(failure, "resp_" + failure.call(), 0);
  }

  /// An error of ours at the end of a stream. Codex asks again whatever the code is, but for the
  /// one of a used-up quota: a limit of spend therefore goes by that name, and ours into the
  /// message.
  ///
  /// @param id of the response that breaks off
  /// @param number of the event in its stream
  static byte[] failed(Failure failure, String id, long number) {
    var limited = failure.type().equals("insufficient_quota");
    var error = new LinkedHashMap<String, Object>();
    error.put("code", limited ? failure.type() : failure.code());
    var message = OpenAiErrors.message(failure);
    error.put("message", limited ? failure.code() + ": " + message : message);
    var response = new LinkedHashMap<String, Object>();
    response.put("id", id);
    response.put("object", "response");
    response.put("status", "failed");
    response.put("error", error);
    response.put("output", List.of());
    var event = new LinkedHashMap<String, Object>();
    event.put("type", "response.failed");
    event.put("sequence_number", number);
    event.put("response", response);
    var data = JSON.writeValueAsString(event);
    return ("event: response.failed\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  @Override
  public Carriage.@Nullable Refused errorIn(byte[] answer) {
    var response = new ResponsesEvent(new ChatUsage());
    response.read(answer, 0, answer.length);
    var told = response.failure != null && !response.content;
    return told ? OpenAiErrors.inResponses(answer) : null;
  }

  @Override
  public ProviderError providerError(int status, byte[] body) {
    return OpenAiErrors.meaning(status, body);
  }

  @Override
  public byte[] keepAlive() {
    return KEEP_ALIVE.clone();
  }

  @Override
  public String path() {
    return "/responses";
  }
}
