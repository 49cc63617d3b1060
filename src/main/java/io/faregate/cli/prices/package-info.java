/// The commands that show, compare and import prices.
@NullMarked
package io.faregate.cli.prices;

import org.jspecify.annotations.NullMarked;
