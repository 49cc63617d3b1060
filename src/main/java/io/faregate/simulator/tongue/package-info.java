/// What all dialects of the simulated provider share: how a call is read, counted, answered.
@NullMarked
package io.faregate.simulator.tongue;

import org.jspecify.annotations.NullMarked;
