package io.faregate.dialect.openai;

import io.faregate.dialect.CountReader;
import io.faregate.dialect.Cursor;
import io.faregate.dialect.ReportedUsage;
import io.faregate.money.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `usage` object of OpenAI Chat, Responses and Embeddings, and of those who speak like them,
/// as it comes by: once, or again and again in a stream. Of repeated reports the last value of each
/// field holds, and none ever decreases, because some providers repeat a running total.
///
/// Responses call `input_tokens` what Chat calls `prompt_tokens`, and so on; embeddings write
/// nothing. `prompt_tokens` includes cached and written tokens; of the cached ones, Moonshot and
/// DeepSeek tell beside it, and the details count where both are told. Reasoning lies inside
/// `completion_tokens` at most providers and beside it at xAI: the reading that adds up to
/// `total_tokens` wins. Source: FORMULAS §1.2.
public final class ChatUsage {
  private static final BigDecimal ABSURD_COST = BigDecimal.valueOf(1_000_000_000);

  private final CountReader counts = new CountReader();

  private long prompt = -1;
  private long completion;
  private long total = -1;
  private long cached = -1;
  private long cachedBeside;
  private long written;
  private long reasoning;
  private @Nullable String raw;
  private @Nullable Long costNanoUsd;

  /// Of answers that say how long they are.
  public ChatUsage() {
    this(-1);
  }

  private ChatUsage(long completion) {
    this.completion = completion;
  }

  /// Of embeddings, which have no output to tell of.
  static ChatUsage ofEmbeddings() {
    return new ChatUsage(0);
  }

  /// Reads the value of a `usage` member; `null` and anything but an object say nothing.
  public void read(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    int from = cursor.start();
    cursor.members(name -> member(name, cursor));
    raw = ReportedUsage.raw(cursor.bytes(), from, cursor.end());
  }

  /// Whether anything was reported at all.
  public boolean seen() {
    return raw != null;
  }

  /// The usage; empty, which is not zero, if there was none or it cannot be.
  public Optional<ReportedUsage> reported() {
    if (raw == null || !possible()) {
      return Optional.empty();
    }
    var fresh = prompt - cached() - written;
    var usage = new Usage(fresh, cached(), written, 0, output(), reasoning);
    return Optional.of(new ReportedUsage(usage, raw, costNanoUsd));
  }

  /// Whether it said something that cannot be, or a total that no reading adds up to. What can be
  /// holds nevertheless.
  public boolean contradicts() {
    return seen() && (!possible() || (total >= 0 && total != prompt + output()));
  }

  private boolean possible() {
    return !counts.metAbsurdity()
        && prompt >= 0
        && completion >= 0
        && cached() + written <= prompt
        && reasoning <= output();
  }

  private long cached() {
    return cached < 0 ? cachedBeside : cached;
  }

  private long output() {
    var beside = reasoning > 0 && total == prompt + completion + reasoning;
    return beside ? completion + reasoning : completion;
  }

  private void member(String name, Cursor cursor) {
    switch (name) {
      case "prompt_tokens", "input_tokens" -> prompt = counts.last(prompt, cursor);
      case "completion_tokens", "output_tokens" -> completion = counts.last(completion, cursor);
      case "total_tokens" -> total = counts.last(total, cursor);
      case "cached_tokens", "prompt_cache_hit_tokens" ->
          cachedBeside = counts.last(cachedBeside, cursor);
      case "prompt_tokens_details", "input_tokens_details" -> promptDetails(cursor);
      case "completion_tokens_details", "output_tokens_details" -> completionDetails(cursor);
      case "cost" -> cost(cursor);
      case "cost_in_usd_ticks" -> ticks(cursor);
      default -> cursor.skip();
    }
  }

  private void promptDetails(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      switch (name) {
        case "cached_tokens" -> cached = counts.last(cached, cursor);
        case "cache_write_tokens" -> written = counts.last(written, cursor);
        default -> cursor.skip();
      }
    });
  }

  private void completionDetails(Cursor cursor) {
    if (!cursor.atObject()) {
      cursor.skip();
      return;
    }
    cursor.members(name -> {
      if (name.equals("reasoning_tokens")) {
        reasoning = counts.last(reasoning, cursor);
      } else {
        cursor.skip();
      }
    });
  }

  /// xAI says what it charged, in ticks of which ten are a nano-dollar.
  private void ticks(Cursor cursor) {
    var ticks = cursor.number();
    if (ticks >= 0) {
      costNanoUsd = Math.ceilDiv(ticks, 10);
    }
  }

  /// OpenRouter says what it charged, in dollars.
  private void cost(Cursor cursor) {
    var usd = cursor.decimal();
    if (usd != null && usd.signum() >= 0 && usd.compareTo(ABSURD_COST) < 0) {
      costNanoUsd = usd.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
  }
}
