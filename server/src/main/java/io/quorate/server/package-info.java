/** The processes of a cluster: adapters around the core, and the wiring of controller and worker. */
@NullMarked
package io.quorate.server;

import org.jspecify.annotations.NullMarked;
