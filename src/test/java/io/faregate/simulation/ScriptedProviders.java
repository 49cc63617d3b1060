package io.faregate.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import io.faregate.gateway.Outbound;
import io.faregate.gateway.Providers;
import io.faregate.money.Usage;
import io.faregate.policy.Policy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Providers that answer, refuse, stall, cut off and say nothing of usage, as their chance has it,
/// and bill each attempt for what it used at the list price.
final class ScriptedProviders implements Providers {
  private static final List<Header> JSON = List.of(new Header("content-type", "application/json"));
  private static final List<Header> EVENTS =
      List.of(new Header("content-type", "text/event-stream"));

  private final VirtualTime time;
  private final Random chance;
  private final Policy policy;
  private final Map<ModelId, Integer> attempts = new HashMap<>();
  private double faults;
  private long billedNanoUsd;

  /// @param policy whose prices are charged
  ScriptedProviders(VirtualTime time, Random chance, Policy policy) {
    this.time = time;
    this.chance = chance;
    this.policy = policy;
  }

  /// From now on so many attempts of all go wrong.
  void faults(double share) {
    faults = share;
  }

  /// What all attempts so far cost, those included whose usage nobody was told.
  long billedNanoUsd() {
    return billedNanoUsd;
  }

  /// How many attempts were sent.
  int sent() {
    return attempts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public Sending send(Outbound outbound, Listener listener) {
    attempts.merge(outbound.model(), 1, Integer::sum);
    var exchange = new Exchange(outbound, listener);
    exchange.begin();
    return exchange;
  }

  /// One attempt at a provider.
  private final class Exchange implements Sending {
    private final Outbound outbound;
    private final Listener listener;
    private final boolean streamed;
    private final Usage usage;
    private boolean over;
    private boolean paid;

    Exchange(Outbound outbound, Listener listener) {
      this.outbound = outbound;
      this.listener = listener;
      var body = new String(outbound.body(), UTF_8);
      this.streamed = body.contains("\"stream\":true");
      this.usage = Usage.of(body.length() / 4, 1 + chance.nextInt(cap(body)));
    }

    /// No more than the client, or the gateway for it, allows.
    private static int cap(String body) {
      var at = body.indexOf("_tokens\":");
      var digits = at < 0 ? "400" : body.substring(at + 9).replaceAll("(?s)\\D.*", "");
      return Math.max(1, Math.min(400, Integer.parseInt(digits)));
    }

    void begin() {
      var delay = Duration.ofMillis(20 + chance.nextInt(900));
      if (chance.nextDouble() >= faults) {
        later(delay, this::answer);
        return;
      }
      switch (chance.nextInt(6)) {
        case 0 -> later(delay, () -> refuse(500));
        case 1 -> later(delay, () -> refuse(429));
        case 2 -> later(delay, () -> end(() -> listener.failed(false, "connection refused")));
        case 3 -> later(delay, () -> lose("reset"));
        case 4 -> later(delay, this::cut);
        default -> {} // Nothing ever comes.
      }
    }

    private void answer() {
      pay();
      listener.head(200, streamed ? EVENTS : JSON);
      var told = chance.nextInt(20) > 0;
      if (!streamed) {
        listener.piece(whole(told).getBytes(UTF_8));
        end(listener::end);
        return;
      }
      listener.piece(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
      listener.piece(event("{\"content\":\"" + "x".repeat(20) + "\"}", "null"));
      later(Duration.ofMillis(50), () -> finish(told));
    }

    private void finish(boolean told) {
      listener.piece(event("{}", "\"stop\""));
      if (told) {
        listener.piece(
            "data: {\"choices\":[],\"usage\":%s}\n\n".formatted(usageJson()).getBytes(UTF_8));
      }
      listener.piece("data: [DONE]\n\n".getBytes(UTF_8));
      end(listener::end);
    }

    private void refuse(int status) {
      listener.head(status, JSON);
      listener.piece("{\"error\":{\"message\":\"no\"}}".getBytes(UTF_8));
      end(listener::end);
    }

    private void lose(String what) {
      pay();
      end(() -> listener.failed(true, what));
    }

    private void cut() {
      pay();
      listener.head(200, streamed ? EVENTS : JSON);
      if (streamed) {
        listener.piece(event("{\"role\":\"assistant\",\"content\":\"abc\"}", "null"));
      } else {
        listener.piece("{\"choices\":[{".getBytes(UTF_8));
      }
      end(() -> listener.failed(true, "cut"));
    }

    private String whole(boolean told) {
      return """
      {"model":"%s","choices":[{"index":0,"message":{"role":"assistant","content":"fine"},\
      "finish_reason":"stop"}]%s}\
      """
          .formatted(outbound.model().name(), told ? ",\"usage\":" + usageJson() : "");
    }

    private String usageJson() {
      return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
          .formatted(usage.input(), usage.output(), usage.input() + usage.output());
    }

    private byte[] event(String delta, String finish) {
      return "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
          .formatted(delta, finish)
          .getBytes(UTF_8);
    }

    private void pay() {
      if (!paid) {
        paid = true;
        var day = time.now().atOffset(ZoneOffset.UTC).toLocalDate();
        var price = policy.price(outbound.model(), day).orElseThrow();
        var cost = price.cost(usage).nanoUsdOrNull();
        billedNanoUsd += cost == null ? 0 : cost;
      }
    }

    private void later(Duration delay, Runnable action) {
      var _ =
          time.in(
              delay,
              () -> {
                if (!over) {
                  action.run();
                }
              });
    }

    private void end(Runnable last) {
      if (!over) {
        over = true;
        last.run();
      }
    }

    @Override
    public boolean sent() {
      return true;
    }

    @Override
    public void cancel() {
      over = true;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }
}
