package io.faregate.simulator;

import io.faregate.simulator.BillLine.Ending;
import io.faregate.simulator.tongue.Ask;
import io.faregate.simulator.tongue.Text;
import io.faregate.simulator.tongue.TokenCount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a provider charges: the oracle of every money test. It shares no price or rounding code
/// with the product, or both would share one error. Totals are always exact; only the last lines
/// are kept in detail. Any thread may call it.
public final class Bill {
  private final String provider;
  private final int linesKept;
  private final ArrayDeque<BillLine> lines = new ArrayDeque<>();
  private long charged;
  private long open;
  private long totalNanoUsd;
  private BigInteger exactTotal = BigInteger.ZERO;

  Bill(String provider, int linesKept) {
    this.provider = provider;
    this.linesKept = linesKept;
  }

  /// The lines kept, in the order in which their attempts ended.
  public synchronized List<BillLine> lines() {
    return List.copyOf(lines);
  }

  /// How many attempts were charged, also those whose lines are no longer kept.
  public synchronized long attemptsCharged() {
    return charged;
  }

  /// How many attempts are still under way. A test that compares bills waits until it is 0.
  public synchronized long attemptsOpen() {
    return open;
  }

  /// The sum in nano-USD, each line rounded half up.
  public synchronized long totalNanoUsd() {
    return totalNanoUsd;
  }

  /// The sum before any rounding, in nano-USD × 10⁶.
  public synchronized BigInteger exactTotal() {
    return exactTotal;
  }

  /// Forgets all lines and sums. An attempt under way is charged to the new bill when it ends.
  public synchronized void reset() {
    lines.clear();
    charged = 0;
    totalNanoUsd = 0;
    exactTotal = BigInteger.ZERO;
  }

  /// Begins the charge of one attempt.
  Tab open(long number, String requestId, String bodySha256) {
    synchronized (this) {
      open++;
    }
    return new Tab(number, requestId, bodySha256);
  }

  private synchronized void add(BillLine line) {
    charged++;
    exactTotal = exactTotal.add(line.exactCost());
    totalNanoUsd = Math.addExact(totalNanoUsd, line.costNanoUsd());
    if (linesKept > 0) {
      if (lines.size() == linesKept) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
  }

  private synchronized void closed() {
    open--;
  }

  /// The bill as `GET /sim/bill` shows it; money in US dollars as decimal strings.
  synchronized ObjectNode json() {
    ObjectNode json = Text.JSON.createObjectNode();
    json.put("provider", provider);
    json.put("attempts_charged", charged);
    json.put("attempts_open", open);
    json.put("total_usd", BigDecimal.valueOf(totalNanoUsd, 9).toPlainString());
    json.put("exact_total_usd", exactUsd(exactTotal));
    ArrayNode array = json.putArray("lines");
    for (BillLine line : lines) {
      array
          .addObject()
          .put("number", line.number())
          .put("request_id", line.requestId())
          .put("model", line.model())
          .put("user", line.user())
          .put("body_sha256", line.bodySha256())
          .put("service_tier", line.serviceTier())
          .put("ending", line.ending().name().toLowerCase(Locale.ROOT))
          .put("usage_reported", line.usageReported())
          .put("input", line.tokens().input())
          .put("cache_read", line.tokens().cacheRead())
          .put("cache_write_5m", line.tokens().cacheWrite5m())
          .put("cache_write_1h", line.tokens().cacheWrite1h())
          .put("output", line.tokens().output())
          .put("reasoning", line.tokens().reasoning())
          .put("cost_usd", BigDecimal.valueOf(line.costNanoUsd(), 9).toPlainString())
          .put("exact_cost_usd", exactUsd(line.exactCost()));
    }
    return json;
  }

  private static String exactUsd(BigInteger exact) {
    return new BigDecimal(exact, 9 + BillLine.EXACT_DIGITS).toPlainString();
  }

  /// The open end of one attempt's line. The first of [#charge] and [#waive] counts, so whoever
  /// notices the end first decides. Used on the provider's event loop only.
  final class Tab {
    private final long number;
    private final String requestId;
    private final String bodySha256;
    private boolean settled;

    private Tab(long number, String requestId, String bodySha256) {
      this.number = number;
      this.requestId = requestId;
      this.bodySha256 = bodySha256;
    }

    String requestId() {
      return requestId;
    }

    /// Charges `tokens` at the rates of the model; counting tokens is free.
    void charge(Sold sold, TokenCount tokens, Ending ending, boolean usageReported) {
      if (settled) {
        return;
      }
      Ask ask = sold.sale().ask();
      if (ask.purpose() == Ask.Purpose.COUNT) {
        close();
        return;
      }
      add(
          new BillLine(
              number,
              requestId,
              sold.model().name(),
              ask.user(),
              bodySha256,
              ask.serviceTier(),
              ending,
              usageReported,
              tokens,
              sold.model().exactCost(tokens)));
      close();
    }

    /// Ends the attempt without a charge.
    void waive() {
      if (!settled) {
        close();
      }
    }

    private void close() {
      settled = true;
      closed();
    }
  }
}
