/// What the bodies of all dialects have in common: where their parts stand, and what may be
/// changed.
@NullMarked
package io.faregate.dialect.body;

import org.jspecify.annotations.NullMarked;
