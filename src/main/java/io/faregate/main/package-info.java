/// The process: what is started, in which order, and how it ends.
@NullMarked
package io.faregate.main;

import org.jspecify.annotations.NullMarked;
