/// The whole way of a call, and the ports that it needs.
@NullMarked
package io.faregate.gateway;

import org.jspecify.annotations.NullMarked;
