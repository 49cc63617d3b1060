/// What lint finds in a policy, at its places in the file.
@NullMarked
package io.faregate.config.lint;

import org.jspecify.annotations.NullMarked;
