/** A controller or a worker as a whole: the one place where the core, the adapters and the event loop meet. */
@NullMarked
package io.quorate.server.wiring;

import org.jspecify.annotations.NullMarked;
