/// Exact amounts, rates and price lists: the only place where money is rounded.
@NullMarked
package io.faregate.money;

import org.jspecify.annotations.NullMarked;
