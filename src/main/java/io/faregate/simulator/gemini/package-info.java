/// Gemini's generateContent as the simulated provider speaks it.
@NullMarked
package io.faregate.simulator.gemini;

import org.jspecify.annotations.NullMarked;
