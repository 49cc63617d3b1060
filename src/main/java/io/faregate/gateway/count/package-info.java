/// How many tokens a call would have, asked without making it.
@NullMarked
package io.faregate.gateway.count;

import org.jspecify.annotations.NullMarked;
