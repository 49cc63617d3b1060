package io.faregate.worksheet.measured;

import io.faregate.call.AttemptKind;
import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A route as a ledger has it, over a span of days.
///
/// @param refused calls that we refused, among all
public record Measured(
    String workflow, String step, long calls, long refused, List<Attempts> attempts) {
  public Measured {
    attempts = List.copyOf(attempts);
  }

  /// The attempts of one kind on one model.
  ///
  /// @param tokens their input by segment
  /// @param usd of those that have a price
  public record Attempts(
      AttemptKind kind,
      String tier,
      ModelId model,
      ServiceTier service,
      long count,
      Usage usage,
      Segments tokens,
      BigDecimal usd,
      BigDecimal inDoubtUsd,
      long unpriced) {}

  /// The way to it, as `support/faq`.
  public String name() {
    return workflow + "/" + step;
  }

  /// What all attempts that have a price cost.
  public BigDecimal usd() {
    return attempts.stream().map(Attempts::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// What attempts may have cost beyond that.
  public BigDecimal inDoubtUsd() {
    return attempts.stream().map(Attempts::inDoubtUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Attempts that no sum contains.
  public long unpriced() {
    return attempts.stream().mapToLong(Attempts::unpriced).sum();
  }

  /// Attempts of a kind.
  public long count(AttemptKind kind) {
    return of(kind).stream().mapToLong(Attempts::count).sum();
  }

  /// Attempts of a kind for each first attempt; null without any.
  public @Nullable BigDecimal rate(AttemptKind kind) {
    return ratio(count(kind), count(AttemptKind.FIRST));
  }

  /// The kind's attempts on the model that most of them went to.
  public Optional<Attempts> most(AttemptKind kind) {
    return of(kind).stream().findFirst();
  }

  /// The attempts of a kind, by model, the most frequent first.
  public List<Attempts> of(AttemptKind kind) {
    return attempts.stream().filter(each -> each.kind() == kind).toList();
  }

  static @Nullable BigDecimal ratio(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
  }
}
