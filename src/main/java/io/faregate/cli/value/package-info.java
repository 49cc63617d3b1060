/// Values of options as people type them.
@NullMarked
package io.faregate.cli.value;

import org.jspecify.annotations.NullMarked;
