/// The commands about limits and what is in doubt under them.
@NullMarked
package io.faregate.cli.limits;

import org.jspecify.annotations.NullMarked;
