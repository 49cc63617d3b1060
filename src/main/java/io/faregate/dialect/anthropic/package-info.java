/// Anthropic Messages on the wire.
@NullMarked
package io.faregate.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
