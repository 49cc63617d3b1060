/// What the commands need from the rest of the house, which `main` gives them.
@NullMarked
package io.faregate.cli.port;

import org.jspecify.annotations.NullMarked;
