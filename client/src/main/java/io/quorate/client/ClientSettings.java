package io.quorate.client;

import java.time.Duration;

/**
 * The bounds of a client.
 *
 * @param deadline how long one call may take with all its attempts
 * @param attemptLimit how long one attempt may take
 * @param connectLimit how long a connection may take to be made
 * @param maxInFlight calls under way at once, and with that connections
 * @param maxAttempts attempts of one call
 * @param maxResponseBytes the longest body of an answer to a read or a write
 * @param maxMapBytes the longest map
 */
record ClientSettings(
        Duration deadline,
        Duration attemptLimit,
        Duration connectLimit,
        int maxInFlight,
        int maxAttempts,
        int maxResponseBytes,
        int maxMapBytes) {}
