/// How entries stand in a record of the journal, as bytes.
@NullMarked
package io.faregate.journal.codec;

import org.jspecify.annotations.NullMarked;
