/// Which way a call takes between the dialect of its client and that of its provider.
@NullMarked
package io.faregate.dialect.carry;

import org.jspecify.annotations.NullMarked;
