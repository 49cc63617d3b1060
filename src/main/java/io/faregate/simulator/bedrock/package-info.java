/// Bedrock Converse as the simulated provider speaks it.
@NullMarked
package io.faregate.simulator.bedrock;

import org.jspecify.annotations.NullMarked;
