package io.faregate.simulator.anthropic;

import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Decline;
import io.faregate.simulator.tongue.Line;
import io.faregate.simulator.tongue.Request;
import io.faregate.simulator.tongue.Sale;
import io.faregate.simulator.tongue.Tongue;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// `count_tokens` of Anthropic Messages.
public final class CountTongue implements Tongue {
  @Override
  public String name() {
    return "count_tokens";
  }

  @Override
  public Ask read(Request request) {
    return MessagesReader.read(request, Ask.Purpose.COUNT);
  }

  @Override
  public String key(Request request) {
    return MessagesTongue.keyOf(request);
  }

  @Override
  public String plain(Sale sale) {
    return "{\"input_tokens\":" + sale.tokens().prompt() + "}";
  }

  /// A count is never streamed, whatever the body says.
  @Override
  public List<Line> stream(Sale sale) {
    return List.of();
  }

  @Override
  public String error(Decline decline) {
    return MessagesTongue.errorOf(decline);
  }

  @Override
  public Buffer errorEvent(Sale sale, Decline decline, int eventsBefore) {
    return Buffer.buffer(error(decline));
  }

  @Override
  public Buffer brokenEvent(Sale sale) {
    return Buffer.buffer("{\"input_to");
  }

  @Override
  public Buffer hugeEvent(Sale sale, int bytes) {
    return Buffer.buffer(" ".repeat(bytes));
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }
}
