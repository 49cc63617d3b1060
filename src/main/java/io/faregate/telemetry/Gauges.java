package io.faregate.telemetry;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What is looked up when somebody reads the metrics. The suppliers are asked on the thread that
/// renders them and must not block.
///
/// @param journalBytes size of the journal on disk
/// @param journalReady whether an entry can be written
/// @param journalWaiting entries kept in memory until one can be
/// @param journalLost entries for which there was no room in memory either
/// @param storeLagSeconds age of the oldest entry that the store has not taken yet
/// @param callsInFlight calls that are not over
/// @param streamsOpen streams among them
/// @param reloadSuccessful whether the policy in the file is the one in force
/// @param reloadEpochSeconds when the policy in force was loaded
/// @param logLinesDropped log lines that found their queue full
/// @param limits as they stand; those of keys are not shown, for no label names a caller
/// @param shares of the top tier, by workflow
public record Gauges(
    LongSupplier journalBytes,
    BooleanSupplier journalReady,
    LongSupplier journalWaiting,
    LongSupplier journalLost,
    DoubleSupplier storeLagSeconds,
    LongSupplier callsInFlight,
    LongSupplier streamsOpen,
    BooleanSupplier reloadSuccessful,
    LongSupplier reloadEpochSeconds,
    LongSupplier logLinesDropped,
    Supplier<List<SpendLimit>> limits,
    Supplier<List<PremiumShare>> shares) {
  /// A limit of spend, in dollars.
  ///
  /// @param name its key in the configuration
  /// @param scope whose spend it limits: `all`, `tier:premium`, `workflow:support`
  public record SpendLimit(
      String name, String scope, double limit, double spent, double held, double inDoubt) {}

  /// How much of the calls of a workflow the top tier served, as a share of one.
  ///
  /// @param workflow empty for calls without one
  public record PremiumShare(String workflow, double share) {}
}
