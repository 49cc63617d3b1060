package io.faregate.ledger;

final class MemoryLedgerTest extends LedgerContract {
  @Override
  protected Ledger fresh() {
    return new MemoryLedger();
  }
}
