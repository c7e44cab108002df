package io.quorate.core.cluster;

/**
 * Where a worker is reached.
 *
 * @param http its HTTP address as clients use it, for example {@code http://127.0.0.1:8001}
 * @param peer its peer port as other processes reach it, for example {@code 127.0.0.1:9001}
 */
public record WorkerAddress(String http, String peer) {}
