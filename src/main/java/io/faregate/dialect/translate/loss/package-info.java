/// What of each client dialect reaches which kind of provider, and what becomes of the rest.
@NullMarked
package io.faregate.dialect.translate.loss;

import org.jspecify.annotations.NullMarked;
