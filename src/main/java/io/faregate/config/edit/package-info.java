/// Changes in the text of a configuration that keep what a person wrote.
@NullMarked
package io.faregate.config.edit;

import org.jspecify.annotations.NullMarked;
