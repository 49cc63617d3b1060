/// Price lists that others publish: read, compared with what is known, and laid over it.
@NullMarked
package io.faregate.config.prices;

import org.jspecify.annotations.NullMarked;
