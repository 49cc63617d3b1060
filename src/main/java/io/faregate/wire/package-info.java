/// What both HTTP sides know of the inside of Vert.x and Netty: bodies that are not copied, and
/// writes that go out together.
@NullMarked
package io.faregate.wire;

import org.jspecify.annotations.NullMarked;
