package io.quorate.cli.transfer;

import io.quorate.server.store.RecordFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/** What is imported, and where it is kept how far that is. */
public sealed interface ImportInput {
    /** Opens it at a place. */
    RecordSource open(RecordSource.Place begin) throws IOException;

    /** The file or folder beside which the progress is kept; empty when it cannot be gone on with. */
    Optional<Path> path();

    /** What is before a place, so that it can be told whether the same still is; empty when that need not be told. */
    String before(RecordSource.Place place) throws IOException;

    /** What flows in. */
    record Flow(InputStream in) implements ImportInput {
        @Override
        public RecordSource open(RecordSource.Place begin) throws IOException {
            return new LineSource(in, begin);
        }

        @Override
        public Optional<Path> path() {
            return Optional.empty();
        }

        @Override
        public String before(RecordSource.Place place) {
            return "";
        }
    }

    /** A file with one JSON object per line. */
    record Lines(Path file) implements ImportInput {
        private static final int TAIL_BYTES = 4_096;

        @Override
        public RecordSource open(RecordSource.Place begin) throws IOException {
            return new LineSource(Files.newInputStream(file), begin);
        }

        /** A pipe is read once. */
        @Override
        public Optional<Path> path() {
            return Optional.of(file).filter(Files::isRegularFile);
        }

        /** Lines behind the place may be mended or added. */
        @Override
        public String before(RecordSource.Place place) throws IOException {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, place.bytes())];
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
                if (opened.length() < place.bytes()) {
                    return "less";
                }
                opened.seek(place.bytes() - tail.length);
                opened.readFully(tail);
            }
            CRC32C checksum = new CRC32C();
            checksum.update(tail);
            return Long.toHexString(checksum.getValue());
        }
    }

    /** A folder with one JSON file per key. */
    record Folder(Path folder) implements ImportInput {
        @Override
        public RecordSource open(RecordSource.Place begin) throws IOException {
            return new FolderSource(new RecordFolder(folder), begin);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(folder);
        }

        @Override
        public String before(RecordSource.Place place) {
            return "";
        }
    }
}
