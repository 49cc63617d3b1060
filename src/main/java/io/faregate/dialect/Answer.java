package io.faregate.dialect;

import io.faregate.money.Service;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a provider's answer besides its bytes.
///
/// @param usage what it says it used; empty, which is not zero, if it does not say
/// @param usageContradicts whether it said something about its usage that cannot be
/// @param modelServed the model as it names it, or null; of an absurdly long name, the beginning
/// @param service the service tier and place that it names
/// @param textBytes bytes of text that the model wrote, as far as they came
/// @param pieces events with content, one or more tokens each; 0 for an answer that is not streamed
/// @param complete whether it came to its proper end
/// @param failure what it says went wrong inside a success status, or null
/// @param id by which a later call can go on from it at its provider, or null
public record Answer(
    Optional<ReportedUsage> usage,
    boolean usageContradicts,
    @Nullable String modelServed,
    Service service,
    long textBytes,
    long pieces,
    boolean complete,
    @Nullable String failure,
    @Nullable String id) {
  /// Nothing came.
  public static final Answer NOTHING =
      new Answer(Optional.empty(), false, null, Service.USUAL, 0, 0, false, null);

  private static final int LONGEST_MODEL = 256;

  public Answer {
    if (modelServed != null && modelServed.length() > LONGEST_MODEL) {
      modelServed = modelServed.substring(0, LONGEST_MODEL);
    }
  }

  /// An answer that no later call can go on from by its id.
  public Answer(
      Optional<ReportedUsage> usage,
      boolean usageContradicts,
      @Nullable String modelServed,
      Service service,
      long textBytes,
      long pieces,
      boolean complete,
      @Nullable String failure) {
    this(usage, usageContradicts, modelServed, service, textBytes, pieces, complete, failure, null);
  }
}
