/// The arithmetic of FORMULAS §2: what the routes of a worksheet cost.
@NullMarked
package io.faregate.worksheet.cost;

import org.jspecify.annotations.NullMarked;
