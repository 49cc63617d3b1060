/// Whether models answer, and how much may be tried again.
@NullMarked
package io.faregate.gateway.health;

import org.jspecify.annotations.NullMarked;
