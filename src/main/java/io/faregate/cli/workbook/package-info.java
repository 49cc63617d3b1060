/// Worksheets as workbooks whose cells are formulas, for people who calculate in spreadsheets.
@NullMarked
package io.faregate.cli.workbook;

import org.jspecify.annotations.NullMarked;
