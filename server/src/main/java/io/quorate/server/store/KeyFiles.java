package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.log.Space;
import io.quorate.core.port.StoredChange;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The files of one replica's keys, and which keys those are. Not thread-safe, but for many readers at once. */
final class KeyFiles {
    private final JsonFolders folders;
    private final KeyJournal journal;
    private NavigableSet<Bytes> keys = new TreeSet<>();

    KeyFiles(int partition, JsonFolders folders) {
        this.folders = folders;
        this.journal = folders.journal(partition);
    }

    /** Reads which keys there are. */
    void load() throws IOException {
        keys = journal.read();
    }

    /** The keys there are; changes with them. */
    NavigableSet<Bytes> keys() {
        return keys;
    }

    /** Writes files that have no name yet, and notes which keys come and go, durably. */
    void write(List<StoredChange> changes) throws IOException {
        Map<Path, Bytes> contents = new LinkedHashMap<>();
        List<Bytes> come = new ArrayList<>();
        List<Bytes> gone = new ArrayList<>();
        for (StoredChange change : changes) {
            Bytes key = change.key();
            change.record().ifPresent(record -> contents.put(written(key), JsonRecords.encode(key, record)));
            if (change.record().isPresent() != keys.contains(key)) {
                (change.record().isPresent() ? come : gone).add(key);
            }
        }
        DurableFiles.writeAll(contents);
        journal.append(come, gone, keys);
    }

    /** Gives what was written its name, or takes the key's file away. */
    void rename(StoredChange change) throws IOException {
        if (change.record().isPresent()) {
            DurableFiles.move(written(change.key()), file(change.key()));
            keys.add(change.key());
        } else if (keys.remove(change.key())) {
            Files.deleteIfExists(file(change.key()));
        }
    }

    /** Deletes all of them, durably. */
    void delete() throws IOException {
        for (Bytes key : keys) {
            Files.deleteIfExists(file(key));
        }
        DurableFiles.syncFolder(folders.root());
        keys = new TreeSet<>();
        journal.delete();
    }

    /** The record of one of the keys; throws {@link MalformedException} when its file is damaged or missing. */
    Record read(Bytes key) throws IOException {
        return read(file(key), key);
    }

    /** The record in the file; throws {@link MalformedException} when it is damaged or missing. */
    static Record read(Path file, Bytes key) throws IOException {
        if (!Files.exists(file)) {
            throw new MalformedException("the file " + file + " is missing");
        }
        if (Files.size(file) > JsonRecords.MAX_FILE_BYTES) {
            throw new MalformedException("the file has more than " + JsonRecords.MAX_FILE_BYTES + " bytes");
        }
        return JsonRecords.decode(key, Bytes.wrap(Files.readAllBytes(file)));
    }

    /** Adds when the records expire; those that cannot be read are left out. */
    void addExpiries(ExpiryIndex expiries) {
        keys.forEach(key -> expiries.put(new SpaceKey(Space.KEYS, key), expiresMillis(key)));
    }

    private long expiresMillis(Bytes key) {
        try {
            return read(key).expiresMillis();
        } catch (IOException | MalformedException unreadable) {
            // It is reported when somebody asks for it.
            return Record.NEVER;
        }
    }

    private Path written(Bytes key) {
        return folders.written().resolve(JsonNames.of(key));
    }

    private Path file(Bytes key) {
        return folders.root().resolve(JsonNames.of(key));
    }
}
