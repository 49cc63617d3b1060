/// What every command prints with: two streams, tables, JSON, and the ways to end.
@NullMarked
package io.faregate.cli.terminal;

import org.jspecify.annotations.NullMarked;
