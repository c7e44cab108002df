package io.quorate.server.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A log's folder in memory, on which everything succeeds and lasts. */
final class MemoryLogFiles implements LogFiles {
    private final TreeMap<String, MemoryFile> files = new TreeMap<>();
    private final TreeMap<String, String> folders = new TreeMap<>();

    @Override
    public synchronized List<String> names() {
        return Stream.concat(files.keySet().stream(), folders.keySet().stream())
                .filter(name -> !name.contains("/"))
                .toList();
    }

    @Override
    public synchronized SegmentFile open(String name) throws IOException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public synchronized SegmentFile create(String name) {
        MemoryFile file = new MemoryFile();
        files.put(name, file);
        return file;
    }

    @Override
    public synchronized void rename(String name, String newName) throws IOException {
        MemoryFile file = files.remove(name);
        if (file != null) {
            files.put(newName, file);
        } else if (folders.remove(name) != null) {
            folders.put(newName, newName);
        } else {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public synchronized void createFolder(String name) {
        folders.put(name, name);
    }

    @Override
    public void sync() {}

    @Override
    public long freeBytes() {
        return -1;
    }

    private static final class MemoryFile implements SegmentFile {
        private byte[] bytes = new byte[0];

        @Override
        public synchronized long sizeBytes() {
            return bytes.length;
        }

        @Override
        public synchronized void read(ByteBuffer target, long position) throws IOException {
            if (position + target.remaining() > bytes.length) {
                throw new EOFException("the file ends at byte " + bytes.length);
            }
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public synchronized void write(ByteBuffer source, long position) {
            int end = (int) position + source.remaining();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, end);
            }
            source.get(bytes, (int) position, source.remaining());
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}
