package io.quorate.cli.transfer;

import io.quorate.server.store.RecordFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A folder with one JSON file per key, read in the order of the files' names. Not thread-safe. */
public final class FolderSource implements RecordSource {
    private final RecordFolder folder;
    private final List<String> names;
    private long number;
    private int next;

    /** Begins after the name of the place. */
    public FolderSource(RecordFolder folder, Place begin) throws IOException {
        this.folder = folder;
        this.names = folder.names();
        this.number = begin.number();
        while (next < names.size() && names.get(next).compareTo(begin.name()) <= 0) {
            next++;
        }
    }

    @Override
    public Optional<Read> next() throws IOException {
        if (next == names.size()) {
            return Optional.empty();
        }
        String name = names.get(next++);
        number++;
        return Optional.of(new Read("file " + name, reading(name), new Place(number, 0, name)));
    }

    private Reading reading(String name) throws IOException {
        return switch (folder.read(name)) {
            case RecordFolder.Content.Found(var record) -> new Reading.Found(record);
            case RecordFolder.Content.NoKey _ -> new Reading.Nothing();
            case RecordFolder.Content.Malformed(String why) -> new Reading.Malformed(why);
        };
    }

    @Override
    public void close() {}
}
