package io.faregate.dialect.translate.hub;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the answer is drawn; null leaves it to the provider.
///
/// @param maxOutputTokens the most that may be written
/// @param stop texts at which it ends
public record Sampling(
    @Nullable Long maxOutputTokens,
    @Nullable BigDecimal temperature,
    @Nullable BigDecimal topP,
    @Nullable Long topK,
    List<String> stop,
    @Nullable Long seed,
    @Nullable BigDecimal frequencyPenalty,
    @Nullable BigDecimal presencePenalty) {
  public Sampling {
    stop = List.copyOf(stop);
  }
}
