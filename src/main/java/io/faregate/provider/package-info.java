/// Attempts on the wire: connections to providers, their keys, streaming and cancellation.
@NullMarked
package io.faregate.provider;

import org.jspecify.annotations.NullMarked;
