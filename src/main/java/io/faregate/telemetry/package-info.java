/// What operators watch: metrics in Prometheus' text form, and one line of JSON for each call.
@NullMarked
package io.faregate.telemetry;

import org.jspecify.annotations.NullMarked;
