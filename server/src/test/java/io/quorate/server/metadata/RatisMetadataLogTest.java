package io.quorate.server.metadata;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The log on Ratis keeps the contract. */
class RatisMetadataLogTest extends MetadataLogContract {
    @TempDir
    private Path folder;

    @Override
    GroupUnderTest group(int controllers, long snapshotEveryEntries) {
        return RatisGroups.start(folder, controllers, snapshotEveryEntries);
    }
}
