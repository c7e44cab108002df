package io.quorate.server.metadata;

/** The in-memory log keeps the contract. */
class InMemoryMetadataLogTest extends MetadataLogContract {
    @Override
    GroupUnderTest group(int controllers, long snapshotEveryEntries) {
        InMemoryMetadataGroup group = new InMemoryMetadataGroup(controllers, snapshotEveryEntries);
        return new GroupUnderTest(controllers, group::open);
    }
}
