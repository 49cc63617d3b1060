/// Results of the worksheet in words, and as documents in the shapes of JSON.
@NullMarked
package io.faregate.worksheet.report;

import org.jspecify.annotations.NullMarked;
