package io.faregate.cli.port;

import io.faregate.ledger.Ledger;
import java.nio.file.Path;
import java.util.Optional;

/// Opens a store for reading while no server runs on it.
@FunctionalInterface
public interface StoreOpener {
  /// The ledger in a data folder, to be closed by the caller; empty if there is none, since reading
  /// never creates one.
  ///
  /// @throws io.faregate.ledger.StoreException if there is one and it cannot be opened
  Optional<Ledger> open(Path data);
}
