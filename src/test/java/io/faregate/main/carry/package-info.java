/// Calls that are translated on their way through a whole gateway.
@NullMarked
package io.faregate.main.carry;

import org.jspecify.annotations.NullMarked;
