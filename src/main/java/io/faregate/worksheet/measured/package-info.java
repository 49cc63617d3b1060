/// What really happened beside what was planned, and what explains the difference.
@NullMarked
package io.faregate.worksheet.measured;

import org.jspecify.annotations.NullMarked;
