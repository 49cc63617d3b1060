/// What the HTTP sides know of the inside of Vert.x and Netty: bodies that are not copied, writes
/// that go out together, and connections that idle.
@NullMarked
package io.faregate.wire;

import org.jspecify.annotations.NullMarked;
