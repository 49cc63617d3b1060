/// Where reports come from: the options that say it, a server that runs, or the store itself.
@NullMarked
package io.faregate.cli.records;

import org.jspecify.annotations.NullMarked;
