/** The HTTP front ends of worker and controller, the web UI, and heartbeats over HTTP. */
@NullMarked
package io.quorate.server.http;

import org.jspecify.annotations.NullMarked;
