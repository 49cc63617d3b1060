/// A provider on a real socket that answers, fails on a script, and keeps its own bill.
@NullMarked
package io.faregate.simulator;

import org.jspecify.annotations.NullMarked;
