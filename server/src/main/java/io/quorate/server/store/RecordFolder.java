package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.core.wire.MalformedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON file per key, laid out as a JSON store lays them out, without its bookkeeping: for others to read, or from
 * others.
 *
 * @param root the folder
 */
public record RecordFolder(Path root) {
    /** The most files that a folder is read with. */
    public static final int MAX_FILES = 1_000_000;

    private static final int MAX_OPEN_FILES = 256;

    /** What a file turned out to be. */
    public sealed interface Content {
        /** A key and its record. */
        record Found(KeyedRecord record) implements Content {}

        /** Something that whoever wrote the folder keeps beside the keys. */
        record NoKey() implements Content {}

        /** Neither; says why. */
        record Malformed(String why) implements Content {}
    }

    /** Writes the files of the records over those that are there; on disk on return. */
    public void write(List<KeyedRecord> records) throws IOException {
        for (int from = 0; from < records.size(); from += MAX_OPEN_FILES) {
            Map<Path, Bytes> contents = new LinkedHashMap<>();
            for (KeyedRecord each : records.subList(from, Math.min(records.size(), from + MAX_OPEN_FILES))) {
                contents.put(root.resolve(JsonNames.of(each.key())), JsonRecords.encode(each.key(), each.record()));
            }
            DurableFiles.writeAll(contents);
        }
        DurableFiles.syncFolder(root);
    }

    /** The names in it, sorted, but for folders that are hidden. */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (names.size() == MAX_FILES) {
                    throw new IOException(root + " has more than " + MAX_FILES + " files");
                }
                if (!name.startsWith(".") || !Files.isDirectory(file)) {
                    names.add(name);
                }
            }
        }
        names.sort(null);
        return names;
    }

    /** What is in the file of this name. */
    public Content read(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file)) {
            return new Content.Malformed("it is no file");
        }
        if (Files.size(file) > JsonRecords.MAX_FILE_BYTES) {
            return new Content.Malformed("it has more than " + JsonRecords.MAX_FILE_BYTES + " bytes");
        }
        Bytes content = Bytes.wrap(Files.readAllBytes(file));
        try {
            Optional<KeyedRecord> record = JsonRecords.decodeForeign(name, content);
            return record.<Content>map(Content.Found::new).orElseGet(Content.NoKey::new);
        } catch (MalformedException malformed) {
            return new Content.Malformed(String.valueOf(malformed.getMessage()));
        }
    }
}
