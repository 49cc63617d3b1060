/// A YAML file as places and values: every problem in it is found at once and knows where it
/// stands.
@NullMarked
package io.faregate.config.yaml;

import org.jspecify.annotations.NullMarked;
