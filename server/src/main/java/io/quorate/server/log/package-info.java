/** The log in which a worker's records become durable: segments, group commit, recovery. */
@NullMarked
package io.quorate.server.log;

import org.jspecify.annotations.NullMarked;
