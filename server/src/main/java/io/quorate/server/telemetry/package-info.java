/** What a process measures of itself, in the text format of Prometheus. */
@NullMarked
package io.quorate.server.telemetry;

import org.jspecify.annotations.NullMarked;
