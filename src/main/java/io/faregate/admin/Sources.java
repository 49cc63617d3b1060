package io.faregate.admin;

import io.faregate.ledger.Ledger;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Where the admin port gets what it shows. All but the ledger, and the end of a doubt, are asked
/// on the event loop and do not block.
///
/// @param ledger empty while the store cannot be opened
/// @param metrics in Prometheus' text form
public record Sources(
    Supplier<Optional<Ledger>> ledger,
    Supplier<Status> status,
    Supplier<PolicyState> policy,
    Limits limits,
    Supplier<String> metrics,
    InstantSource clock) {}
