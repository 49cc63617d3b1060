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
/// @param calls that ended; attempts of others may be there
/// @param refused calls that we refused, among these
public record Measured(Place place, long calls, long refused, List<Attempts> attempts) {
  public Measured {
    attempts = List.copyOf(attempts);
  }

  /// The attempts of one kind on one model.
  ///
  /// @param usage of the attempts together
  /// @param tokens their input by segment
  /// @param costNanoUsd of the attempts that have a price
  /// @param inDoubtNanoUsd what they may have cost beyond that
  /// @param unpriced attempts without a price
  public record Attempts(
      AttemptKind kind,
      String tier,
      ModelId model,
      ServiceTier service,
      long count,
      Usage usage,
      Segments tokens,
      long costNanoUsd,
      long inDoubtNanoUsd,
      long unpriced) {
    /// The dollars of the attempts that have a price.
    public BigDecimal usd() {
      return dollars(costNanoUsd);
    }

    /// This with other attempts of the same kind on the same model.
    public Attempts plus(Attempts other) {
      return new Attempts(
          kind,
          tier,
          model,
          service,
          count + other.count,
          usage.plus(other.usage),
          tokens.plus(other.tokens),
          Math.addExact(costNanoUsd, other.costNanoUsd),
          Math.addExact(inDoubtNanoUsd, other.inDoubtNanoUsd),
          unpriced + other.unpriced);
    }
  }

  /// What all attempts that have a price cost, in dollars.
  public BigDecimal usd() {
    return dollars(attempts.stream().mapToLong(Attempts::costNanoUsd).reduce(0, Math::addExact));
  }

  /// What attempts may have cost beyond that, in dollars.
  public BigDecimal inDoubtUsd() {
    return dollars(attempts.stream().mapToLong(Attempts::inDoubtNanoUsd).reduce(0, Math::addExact));
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

  private static BigDecimal dollars(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9);
  }

  private static @Nullable BigDecimal ratio(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
  }
}
