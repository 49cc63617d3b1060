package io.faregate.dialect;

import io.faregate.call.Demand;
import io.faregate.call.Work;
import org.jspecify.annotations.Nullable;

/// The body of a call, read once: what it asks, and how it is forwarded.
public interface Body {
  /// What the call asks of a model.
  Demand demand();

  /// What the body says the call is for; the model name is in it.
  Work work();

  /// What the client asked for that its answer must be read by.
  Asked asked();

  /// What binds the call to the provider of an earlier one.
  default Ties ties() {
    return Ties.NONE;
  }

  /// The bytes to send to a provider of the same dialect: those that came, but for the changes.
  byte[] forProvider(Changes changes);

  /// The bytes that are written anew for a provider of another dialect.
  default byte[] forTranslation(Changes changes) {
    return forProvider(changes);
  }

  /// What is changed before a body is forwarded; all the rest stays byte for byte.
  ///
  /// @param model the model's name at the provider
  /// @param turnsTrimmed how many of the oldest turns are dropped
  /// @param outputCap the output limit to set in place of a higher or missing one, or null
  record Changes(String model, int turnsTrimmed, @Nullable Long outputCap) {}

  /// What binds a call to the provider of an earlier one.
  ///
  /// @param previous the id of the answer that it goes on from, which only its provider has; or
  ///   null
  /// @param sealed whether it holds what only the provider can read that wrote it
  record Ties(@Nullable String previous, boolean sealed) {
    /// Nothing does.
    public static final Ties NONE = new Ties(null, false);

    /// Why no bound of the cost can be given of a call that goes on from an unknown answer.
    public static final String UNBOUNDED =
        "previous_response_id brings input along whose size is not known here";
  }
}
