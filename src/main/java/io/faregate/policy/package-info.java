/// The routing policy as values, and the pure decision of where a call goes.
@NullMarked
package io.faregate.policy;

import org.jspecify.annotations.NullMarked;
