/// The commands that plan: calc, worksheet, and their options.
@NullMarked
package io.faregate.cli.worksheet;

import org.jspecify.annotations.NullMarked;
