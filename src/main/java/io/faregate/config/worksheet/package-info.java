/// Reads worksheet.yaml, the whole of it and whatever is wrong with it.
@NullMarked
package io.faregate.config.worksheet;

import org.jspecify.annotations.NullMarked;
