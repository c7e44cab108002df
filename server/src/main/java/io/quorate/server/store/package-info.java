/** The stores that keep a worker's committed state on disk: RocksDB, and one JSON file per key. */
@NullMarked
package io.quorate.server.store;

import org.jspecify.annotations.NullMarked;
