/// What Jazzer is let loose on; `bench/fuzz` runs it.
@NullMarked
package io.faregate.fuzz;

import org.jspecify.annotations.NullMarked;
