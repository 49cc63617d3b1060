/// What all stores share: the tables, their migrations, and how entries and cells become rows.
@NullMarked
package io.faregate.store;

import org.jspecify.annotations.NullMarked;
