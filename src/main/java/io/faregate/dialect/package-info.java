/// What clients and providers say on the wire: bytes to values and back, without a socket.
@NullMarked
package io.faregate.dialect;

import org.jspecify.annotations.NullMarked;
