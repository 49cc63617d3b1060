/// The live view of a running server in a terminal.
@NullMarked
package io.faregate.cli.top;

import org.jspecify.annotations.NullMarked;
