/// What is publicly known of models: facts and dated prices, by vendor.
@NullMarked
package io.faregate.config.catalogue;

import org.jspecify.annotations.NullMarked;
