/// A call of one dialect carried to a provider of another, and its answer back.
@NullMarked
package io.faregate.dialect.translate;

import org.jspecify.annotations.NullMarked;
