/// The commands that make, show, rotate and revoke keys.
@NullMarked
package io.faregate.cli.keys;

import org.jspecify.annotations.NullMarked;
