/// The real gateway, router and book in virtual time, between scripted clients and providers.
@NullMarked
package io.faregate.simulation;

import org.jspecify.annotations.NullMarked;
