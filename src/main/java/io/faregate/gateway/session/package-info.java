/// Which model served a session last, and who may go on from which answer.
@NullMarked
package io.faregate.gateway.session;

import org.jspecify.annotations.NullMarked;
