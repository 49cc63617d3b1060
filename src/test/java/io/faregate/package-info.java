/// The rules of the whole tree, which need no room of their own: how code looks and who may see
/// whom.
@NullMarked
package io.faregate;

import org.jspecify.annotations.NullMarked;
