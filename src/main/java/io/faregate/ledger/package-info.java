/// The routing log: entries of calls and attempts, the cells that reports add up, and their port.
@NullMarked
package io.faregate.ledger;

import org.jspecify.annotations.NullMarked;
