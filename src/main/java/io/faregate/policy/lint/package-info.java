/// What a valid policy says that costs money for nothing, or does nothing.
@NullMarked
package io.faregate.policy.lint;

import org.jspecify.annotations.NullMarked;
