package io.quorate.server.wiring;

/** How a worker keeps committed state. */
public enum StorageKind {
    /** In one RocksDB. */
    ROCKSDB,
    /** In one JSON file per key. */
    JSON
}
