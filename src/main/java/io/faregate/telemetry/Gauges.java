package io.faregate.telemetry;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// What is looked up when somebody reads the metrics. The suppliers are asked on the thread that
/// renders them and must not block.
///
/// @param journalBytes size of the journal on disk
/// @param journalReady whether an entry can be written
/// @param storeLagSeconds age of the oldest entry that the store has not taken yet
/// @param callsInFlight calls that are not over
/// @param streamsOpen streams among them
/// @param reloadSuccessful whether the policy in the file is the one in force
/// @param reloadEpochSeconds when the policy in force was loaded
/// @param logLinesDropped log lines that found their queue full
public record Gauges(
    LongSupplier journalBytes,
    BooleanSupplier journalReady,
    DoubleSupplier storeLagSeconds,
    LongSupplier callsInFlight,
    LongSupplier streamsOpen,
    BooleanSupplier reloadSuccessful,
    LongSupplier reloadEpochSeconds,
    LongSupplier logLinesDropped) {}
