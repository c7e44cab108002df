package io.quorate.server.wiring;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Incarnation;
import io.quorate.core.cluster.Member;
import io.quorate.core.port.KeyValueStore;
import io.quorate.core.replica.Recovery;
import io.quorate.core.wire.LogRecordCodecV1;
import io.quorate.server.log.LogFolder;
import io.quorate.server.log.LogListener;
import io.quorate.server.log.LogSettings;
import io.quorate.server.log.RecoveredLog;
import io.quorate.server.log.SharedLog;
import io.quorate.server.store.JsonStore;
import io.quorate.server.store.RocksMemory;
import io.quorate.server.store.RocksSettings;
import io.quorate.server.store.RocksStore;
import io.quorate.server.store.StoreRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's disk when it is open: identity, store and log, and what was found in them.
 *
 * <p>A log with a hole makes the disk another one: the worker gives its votes up and begins anew, and what was there is
 * kept aside.
 */
final class WorkerDisk {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerDisk.class);
    private static final int MAX_ATTEMPTS = 2;

    private final DataFolder folder;
    private final IdentityFile identityFile;
    private final KeyValueStore store;
    private final SharedLog log;
    private final Recovery recovery;
    private final long lastSequence;
    private Identity identity;

    private WorkerDisk(
            DataFolder folder,
            IdentityFile identityFile,
            Identity identity,
            KeyValueStore store,
            RecoveredLog.Clean log,
            Recovery recovery) {
        this.folder = folder;
        this.identityFile = identityFile;
        this.identity = identity;
        this.store = store;
        this.log = log.log();
        this.lastSequence = log.lastSequence();
        this.recovery = recovery;
    }

    /** Takes the folder, raises and syncs the incarnation, opens the store and replays the log. */
    static WorkerDisk open(WorkerOptions options, LogListener listener) throws StartRefusedException {
        DataFolder folder = DataFolder.open(options.dataDir());
        try {
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
                Optional<WorkerDisk> disk = attempt(folder, options, listener);
                if (disk.isPresent()) {
                    return disk.get();
                }
            }
            throw new StartRefusedException("The log in " + options.dataDir() + " is damaged and cannot be set aside.");
        } catch (IOException | StoreRefusedException e) {
            closeQuietly(folder);
            throw new StartRefusedException(String.valueOf(e.getMessage()), e);
        } catch (StartRefusedException e) {
            closeQuietly(folder);
            throw e;
        }
    }

    private static void closeQuietly(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.debug("the folder's lock ends with the process", e);
        }
    }

    private static Optional<WorkerDisk> attempt(DataFolder folder, WorkerOptions options, LogListener listener)
            throws StartRefusedException, IOException, StoreRefusedException {
        IdentityFile file = new IdentityFile(folder.own("identity"));
        Identity identity = identify(file, options).startedAgain(new SecureRandom().nextInt(Incarnation.DRAWS));
        file.write(identity);
        Files.createDirectories(folder.own("log"));
        KeyValueStore store = openStore(folder, options.storage());
        Recovery recovery = new Recovery();
        store.replicas().values().forEach(recovery::stored);
        RecoveredLog opened = new LogFolder(folder.own("log"), LogSettings.standard())
                .open((sequence, record) -> recovery.read(sequence, LogRecordCodecV1.decode(record)), listener);
        return switch (opened) {
            case RecoveredLog.Clean clean ->
                Optional.of(new WorkerDisk(folder, file, identity, store, clean, recovery));
            case RecoveredLog.Refused refused -> {
                store.close();
                throw new StartRefusedException(refused.reason());
            }
            case RecoveredLog.Corrupt corrupt -> {
                store.close();
                LOG.error(
                        "The log is damaged ({}): this worker gives its votes up and starts empty, its old files are kept",
                        corrupt.reason());
                setAside(folder, identity);
                yield Optional.empty();
            }
        };
    }

    private static Identity identify(IdentityFile file, WorkerOptions options) throws StartRefusedException {
        Optional<Identity> known = file.read();
        if (known.isEmpty()) {
            String id = options.id()
                    .orElseGet(() -> "w-" + UUID.randomUUID().toString().substring(0, 8));
            return new Identity(id, UUID.randomUUID(), 0, Optional.empty(), options.storage());
        }
        Identity identity = known.get();
        if (options.id().filter(id -> !id.equals(identity.worker())).isPresent()) {
            throw new StartRefusedException("The data folder " + options.dataDir() + " belongs to worker "
                    + identity.worker() + ", not " + options.id().orElseThrow()
                    + ": set ID to that, or choose another folder with --data-dir or DATA_DIR.");
        }
        if (identity.storage() != options.storage()) {
            throw new StartRefusedException("The data folder " + options.dataDir() + " was made with STORAGE="
                    + identity.storage().name().toLowerCase(java.util.Locale.ROOT)
                    + ": start with that, or choose another folder with --data-dir or DATA_DIR.");
        }
        return identity;
    }

    private static KeyValueStore openStore(DataFolder folder, StorageKind storage) throws StoreRefusedException {
        return switch (storage) {
            case ROCKSDB -> RocksStore.open(folder.own("rocksdb"), RocksMemory.allocate(RocksSettings.DEFAULT));
            case JSON -> JsonStore.open(folder.root());
        };
    }

    /**
     * Moves everything of this disk into a folder of its own, so that the next attempt finds an empty disk.
     *
     * <p>The identity goes first: whatever is left behind by a crash then belongs to another disk, which votes nowhere.
     */
    private static void setAside(DataFolder folder, Identity identity) throws IOException {
        Path aside = folder.own("aside-" + identity.disk() + "-" + identity.incarnation());
        Files.createDirectories(aside);
        Files.move(folder.own("identity"), aside.resolve("identity"));
        IdentityFile.sync(aside);
        IdentityFile.sync(folder.own("."));
        moveAll(folder.own("."), aside);
        Path keys = aside.resolve("keys");
        Files.createDirectories(keys);
        moveAll(folder.root(), keys);
    }

    private static void moveAll(Path from, Path to) throws IOException {
        try (var entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                if (!name.equals("LOCK") && !name.startsWith("aside-") && !name.equals(".quorate")) {
                    Files.move(entry, to.resolve(name));
                }
            }
        }
    }

    /** This disk is an old copy of another one: it is set aside and the worker has to start again on a new one. */
    void giveUp() throws IOException {
        close();
        try (DataFolder again = DataFolder.open(folder.root())) {
            setAside(again, identity);
        } catch (StartRefusedException e) {
            throw new IOException(e);
        }
    }

    Identity identity() {
        return identity;
    }

    Member member() {
        return new Member(identity.worker(), identity.disk());
    }

    KeyValueStore store() {
        return store;
    }

    SharedLog log() {
        return log;
    }

    Recovery recovery() {
        return recovery;
    }

    long lastSequence() {
        return lastSequence;
    }

    long append(Bytes record) {
        return log.append(record);
    }

    /** Remembers the cluster; durable on return. */
    void join(UUID cluster) throws IOException {
        identity = identity.joined(cluster);
        identityFile.write(identity);
    }

    void close() throws IOException {
        log.close();
        store.close();
        folder.close();
    }
}
