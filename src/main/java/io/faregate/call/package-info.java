/// What is asked, by whom, and what came back, as plain values.
@NullMarked
package io.faregate.call;

import org.jspecify.annotations.NullMarked;
