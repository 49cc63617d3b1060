/// Every dialect on real sockets, from its client through the whole house to a provider.
@NullMarked
package io.faregate.main.clients;

import org.jspecify.annotations.NullMarked;
