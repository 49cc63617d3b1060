package io.faregate.simulation;

import io.faregate.call.ModelId;
import io.faregate.gateway.Alert;
import io.faregate.gateway.Observer;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.CallEntry;

/// Nobody watches.
class Silent implements Observer {
  @Override
  public void began(boolean streamed) {}

  @Override
  public void ended(AttemptEntry attempt) {}

  @Override
  public void ended(CallEntry call) {}

  @Override
  public void alert(Alert what, ModelId model, String call, String message) {}
}
