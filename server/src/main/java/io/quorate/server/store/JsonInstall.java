package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;

/**
 * A snapshot that has become the state of a replica, but whose files have yet to be moved to their place.
 *
 * <p>The move of a complete folder of staged files among those that are being installed decides; everything after it
 * can be done again from the beginning, and is at the next start.
 */
final class JsonInstall {
    /** Beside the files: the replica's meta, which keys it has, and its idempotency keys. */
    static final String META = ".meta";

    static final String KEYS = ".keys";
    static final String REMEMBERED = ".remembered";

    private static final Set<String> BOOKKEEPING = Set.of(META, KEYS, REMEMBERED);

    private final JsonFolders folders;
    private final int partition;
    private final Path folder;

    JsonInstall(JsonFolders folders, int partition) {
        this.folders = folders;
        this.partition = partition;
        this.folder = folders.installing(partition);
    }

    /** Decides: makes the staged folder, whose files are on disk, the replica's state. */
    static JsonInstall decide(JsonFolders folders, Path staged, ReplicaMeta meta) throws IOException {
        JsonInstall install = new JsonInstall(folders, meta.partition());
        DurableFiles.replace(staged.resolve(META), ReplicaStateV2.encode(new ReplicaState(meta, 0)));
        DurableFiles.syncFolder(staged);
        DurableFiles.move(staged, install.folder);
        DurableFiles.syncFolder(folders.installing());
        return install;
    }

    /** Moves what has not been moved yet and answers the meta. */
    ReplicaMeta finish() throws IOException {
        ReplicaMeta meta = readMeta(folder.resolve(META), partition);
        for (Path file : DurableFiles.list(folder)) {
            String name = file.getFileName().toString();
            if (!BOOKKEEPING.contains(name)) {
                DurableFiles.move(file, folders.root().resolve(name));
            }
        }
        finishKeys();
        finishRemembered();
        writeMeta(folders, meta);
        DurableFiles.deleteFolder(folder);
        DurableFiles.syncFolder(folders.installing());
        return meta;
    }

    /** The new keys replace the old ones when all files are as the new ones say. */
    private void finishKeys() throws IOException {
        Path replacing = folder.resolve(KEYS);
        if (Files.exists(replacing)) {
            NavigableSet<Bytes> gone = folders.journal(partition).read();
            gone.removeAll(new KeyJournal(folder, KEYS).read());
            for (Bytes key : gone) {
                Files.deleteIfExists(folders.root().resolve(JsonNames.of(key)));
            }
            DurableFiles.syncFolder(folders.root());
            DurableFiles.move(replacing, folders.journals().resolve(Integer.toString(partition)));
            DurableFiles.syncFolder(folders.journals());
        }
    }

    private void finishRemembered() throws IOException {
        Path replacing = folder.resolve(REMEMBERED);
        if (Files.exists(replacing)) {
            DurableFiles.move(replacing, folders.remembered().resolve(Integer.toString(partition)));
            DurableFiles.syncFolder(folders.remembered());
        }
    }

    /** At the start: finishes what a crash interrupted. */
    static void finishAll(JsonFolders folders) throws IOException {
        for (Map.Entry<Integer, Path> each :
                JsonFolders.numbered(folders.installing()).entrySet()) {
            if (Files.exists(each.getValue().resolve(META))) {
                new JsonInstall(folders, each.getKey()).finish();
            } else {
                // Its meta was the last thing to go.
                DurableFiles.deleteFolder(each.getValue());
            }
        }
    }

    /** The meta in the file; throws {@link MalformedException} when it is damaged or another partition's. */
    static ReplicaMeta readMeta(Path file, int partition) throws IOException {
        ReplicaMeta meta =
                ReplicaStateV2.decode(Bytes.wrap(Files.readAllBytes(file))).meta();
        if (meta.partition() != partition) {
            throw new MalformedException(file + " is of partition " + meta.partition());
        }
        return meta;
    }

    static void writeMeta(JsonFolders folders, ReplicaMeta meta) throws IOException {
        DurableFiles.replace(folders.replica(meta.partition()), ReplicaStateV2.encode(new ReplicaState(meta, 0)));
        DurableFiles.syncFolder(folders.replicas());
    }
}
