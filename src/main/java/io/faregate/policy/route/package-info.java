/// The decision of where a call goes: names, context, plan and chain, one class each.
@NullMarked
package io.faregate.policy.route;

import org.jspecify.annotations.NullMarked;
