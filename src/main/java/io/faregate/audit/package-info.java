/// What happened and what it cost: arithmetic over the entries and cells of the ledger.
@NullMarked
package io.faregate.audit;

import org.jspecify.annotations.NullMarked;
