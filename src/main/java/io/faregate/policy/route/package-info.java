/// The decision of where a call goes: names, context, first tier and chain, one class each.
@NullMarked
package io.faregate.policy.route;

import org.jspecify.annotations.NullMarked;
