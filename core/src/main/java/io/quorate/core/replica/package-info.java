/** A worker's part of the protocol: its replicas in their roles, and the gateway that takes clients' requests. */
@NullMarked
package io.quorate.core.replica;

import org.jspecify.annotations.NullMarked;
