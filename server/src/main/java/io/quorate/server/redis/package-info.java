/** The Redis protocol of a worker: its wire form, its commands, and what they ask of the cluster. */
@NullMarked
package io.quorate.server.redis;

import org.jspecify.annotations.NullMarked;
