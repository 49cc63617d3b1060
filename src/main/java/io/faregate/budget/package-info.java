/// Money in flight: the most that an attempt can cost, the limits that it must fit, and what
/// becomes of it when it is over.
@NullMarked
package io.faregate.budget;

import org.jspecify.annotations.NullMarked;
