package io.quorate.client;

import java.util.Optional;

/**
 * A process that can be asked for keys.
 *
 * @param id empty when only the address is known
 * @param address of its HTTP interface, without a path
 */
record Worker(Optional<String> id, Address address) {}
