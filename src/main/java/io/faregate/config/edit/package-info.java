/// Changes in the text of our files that keep what a person wrote, and that nobody reads half.
@NullMarked
package io.faregate.config.edit;

import org.jspecify.annotations.NullMarked;
