package io.faregate.gateway;

import io.faregate.call.ModelId;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;

/// Sees calls go by: metrics and logs. It must be quick, and never fails.
public interface Observer {
  /// A call has come in.
  void began(boolean streamed);

  /// An attempt is over.
  void ended(AttemptEntry attempt);

  /// A call is over.
  void ended(CallEntry call);

  /// Something that a person should look at.
  ///
  /// @param model of whose attempt it is said
  void alert(Alert what, ModelId model, String call, String message);
}
