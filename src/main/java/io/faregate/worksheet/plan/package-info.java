/// What a worksheet says: routes with their tokens and odds, people, and scenarios.
@NullMarked
package io.faregate.worksheet.plan;

import org.jspecify.annotations.NullMarked;
