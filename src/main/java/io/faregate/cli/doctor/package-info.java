/// First aid: settings of clients that work, a call that proves it, and what is wrong around here.
@NullMarked
package io.faregate.cli.doctor;

import org.jspecify.annotations.NullMarked;
