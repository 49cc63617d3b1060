package io.faregate.policy;

import io.faregate.call.ModelId;
import io.faregate.call.Segments;
import java.util.Map;

/// How many bytes of text make a token, learned by model from what providers reported. It serves
/// decisions and displays; a hold never rests on it.
public record TokenScale(Map<ModelId, Double> bytesPerToken) {
  /// Nothing learned yet: four bytes to a token, the usual guess for English text.
  public static final TokenScale UNLEARNED = new TokenScale(Map.of());

  private static final double UNLEARNED_BYTES_PER_TOKEN = 4.0;

  /// The estimated tokens of that much text, at least one if there is any.
  public long tokens(ModelId model, long bytes) {
    var scale = bytesPerToken.getOrDefault(model, UNLEARNED_BYTES_PER_TOKEN);
    return (long) Math.ceil(bytes / scale);
  }

  /// The estimated tokens of each segment.
  public Segments tokens(ModelId model, Segments bytes) {
    return new Segments(
        tokens(model, bytes.system()),
        tokens(model, bytes.user()),
        tokens(model, bytes.documents()),
        tokens(model, bytes.history()),
        tokens(model, bytes.tools()),
        tokens(model, bytes.toolResults()));
  }
}
