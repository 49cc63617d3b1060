/// The commands of `faregate`: what a person or a script types, and what they read in answer.
@NullMarked
package io.faregate.cli;

import org.jspecify.annotations.NullMarked;
