/// Decisions, calls, reviews and prices as text for people.
@NullMarked
package io.faregate.cli.report;

import org.jspecify.annotations.NullMarked;
