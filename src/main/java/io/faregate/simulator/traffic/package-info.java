/// Clients that never existed: example traffic for a gateway, paced like real traffic.
@NullMarked
package io.faregate.simulator.traffic;

import org.jspecify.annotations.NullMarked;
