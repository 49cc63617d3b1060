/// Worksheets beside each other: scenarios, and the difference of two files.
@NullMarked
package io.faregate.worksheet.compare;

import org.jspecify.annotations.NullMarked;
