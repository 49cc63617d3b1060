/// Anthropic Messages as the simulated provider speaks it.
@NullMarked
package io.faregate.simulator.anthropic;

import org.jspecify.annotations.NullMarked;
