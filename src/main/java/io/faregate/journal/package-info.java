/// The append-only write-ahead file that every entry reaches first, its recovery, and the writer
/// that carries it on into the ledger.
@NullMarked
package io.faregate.journal;

import org.jspecify.annotations.NullMarked;
