/// The data port: routes, keys, limits of size, errors and drain.
@NullMarked
package io.faregate.http;

import org.jspecify.annotations.NullMarked;
