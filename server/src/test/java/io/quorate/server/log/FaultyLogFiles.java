package io.quorate.server.log;

import io.quorate.api.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A log's folder in memory that forgets what was not synced when the power goes, and fails as told.
 *
 * <p>Used by one thread at a time.
 */
final class FaultyLogFiles implements LogFiles {
    private final List<NameChange> unsyncedNames = new ArrayList<>();
    private TreeMap<String, FaultyFile> files = new TreeMap<>();
    private TreeMap<String, FaultyFile> durableFiles = new TreeMap<>();
    private TreeSet<String> folders = new TreeSet<>();
    private TreeSet<String> durableFolders = new TreeSet<>();
    private long operationsUntilPowerLoss = Long.MAX_VALUE;
    private boolean off;
    private long operations;
    private long capacityBytes = Long.MAX_VALUE;
    private boolean tellsFreeBytes;
    private boolean syncsFail;
    private boolean renamesFail;
    private @Nullable String unreadable;

    /** The power goes during the operation after this many more. */
    void losePowerAfter(long operationCount) {
        operationsUntilPowerLoss = operationCount;
    }

    /** Changes so far, those before the power was lost included. */
    long operations() {
        return operations;
    }

    void limitTo(long bytes) {
        capacityBytes = bytes;
    }

    void tellFreeBytes() {
        tellsFreeBytes = true;
    }

    void failSyncs(boolean fail) {
        syncsFail = fail;
    }

    void failRenames(boolean fail) {
        renamesFail = fail;
    }

    void failReadsOf(String name) {
        unreadable = name;
    }

    long usedBytes() {
        return files.values().stream().mapToLong(FaultyFile::sizeBytes).sum();
    }

    /** Turns one bit of a file over, on the disk itself. */
    void flip(String name, long offset, int bit) {
        FaultyFile file = require(name);
        file.current[(int) offset] ^= (byte) (1 << bit);
        file.durable[(int) offset] ^= (byte) (1 << bit);
    }

    byte[] content(String name) {
        return require(name).current.clone();
    }

    void replace(String name, byte[] content) {
        FaultyFile file = files.computeIfAbsent(name, absent -> new FaultyFile(name));
        durableFiles.put(name, file);
        file.current = content.clone();
        file.durable = content.clone();
    }

    void remove(String name) {
        files.remove(name);
        durableFiles.remove(name);
    }

    /** Only the process ended: what was not synced is still in the machine's caches, and may be lost later. */
    void restartProcess() {
        off = false;
        operationsUntilPowerLoss = Long.MAX_VALUE;
    }

    /** The power comes back: of what was not synced, writes are torn as told, and any changes of names are undone. */
    void powerOn(Tear tear, RandomGenerator random) {
        for (NameChange change : unsyncedNames) {
            if (random.nextBoolean()) {
                change.apply(durableFiles, durableFolders);
            }
        }
        unsyncedNames.clear();
        files = new TreeMap<>(durableFiles);
        folders = new TreeSet<>(durableFolders);
        files.values().forEach(file -> file.crash(tear));
        off = false;
        operationsUntilPowerLoss = Long.MAX_VALUE;
    }

    @Override
    public List<String> names() {
        requirePower();
        Set<String> names = new TreeSet<>(folders);
        files.keySet().stream().filter(name -> !name.contains("/")).forEach(names::add);
        return List.copyOf(names);
    }

    Set<String> allNames() {
        return Set.copyOf(files.keySet());
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        requirePower();
        FaultyFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public SegmentFile create(String name) {
        FaultyFile file = new FaultyFile(name);
        changeNames((byName, inFolders) -> byName.put(name, file));
        return file;
    }

    @Override
    public void rename(String name, String newName) throws IOException {
        requirePower();
        if (renamesFail) {
            throw new IOException("no rename today");
        }
        if (!files.containsKey(name) && !folders.contains(name)) {
            throw new NoSuchFileException(name);
        }
        changeNames((byName, inFolders) -> {
            FaultyFile file = byName.remove(name);
            if (file != null) {
                byName.put(newName, file);
            } else if (inFolders.remove(name)) {
                inFolders.add(newName);
                for (String within : List.copyOf(byName.keySet())) {
                    if (within.startsWith(name + "/")) {
                        byName.put(newName + within.substring(name.length()), require(byName, within));
                        byName.remove(within);
                    }
                }
            }
        });
    }

    @Override
    public void delete(String name) {
        changeNames((byName, inFolders) -> byName.remove(name));
    }

    @Override
    public void createFolder(String name) {
        changeNames((byName, inFolders) -> inFolders.add(name));
    }

    @Override
    public void sync() throws IOException {
        operation();
        if (syncsFail) {
            throw new IOException("no sync today");
        }
        unsyncedNames.clear();
        durableFiles = new TreeMap<>(files);
        durableFolders = new TreeSet<>(folders);
    }

    @Override
    public long freeBytes() {
        return tellsFreeBytes ? capacityBytes - usedBytes() : -1;
    }

    /** A change counts when it was begun: whether a crash during it undoes it is decided when the power comes back. */
    private void changeNames(NameChange change) {
        requirePower();
        change.apply(files, folders);
        unsyncedNames.add(change);
        operation();
    }

    private void operation() {
        requirePower();
        operations++;
        if (operationsUntilPowerLoss-- <= 0) {
            off = true;
            throw new PowerLoss();
        }
    }

    private void requirePower() {
        if (off) {
            throw new PowerLoss();
        }
    }

    private FaultyFile require(String name) {
        return require(files, name);
    }

    private static FaultyFile require(Map<String, FaultyFile> byName, String name) {
        FaultyFile file = byName.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return file;
    }

    @FunctionalInterface
    private interface NameChange {
        void apply(Map<String, FaultyFile> byName, Set<String> inFolders);
    }

    private final class FaultyFile implements SegmentFile {
        private final String createdAs;
        private final List<Write> writes = new ArrayList<>();
        private byte[] current = new byte[0];
        private byte[] durable = new byte[0];

        FaultyFile(String createdAs) {
            this.createdAs = createdAs;
        }

        @Override
        public long sizeBytes() {
            return current.length;
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            requirePower();
            String broken = unreadable;
            if (broken != null && files.get(broken) == this) {
                throw new IOException("Input/output error");
            }
            if (position + target.remaining() > current.length) {
                throw new EOFException(createdAs + " ends at byte " + current.length);
            }
            target.put(current, (int) position, target.remaining());
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            requirePower();
            byte[] bytes = new byte[source.remaining()];
            int growth = (int) Math.max(0, position + bytes.length - current.length);
            if (growth > 0 && usedBytes() + growth > capacityBytes) {
                throw new IOException("No space left on device");
            }
            source.get(bytes);
            Write write = new Write((int) position, Bytes.wrap(bytes));
            current = Arrays.copyOf(current, current.length + growth);
            System.arraycopy(bytes, 0, current, (int) position, bytes.length);
            writes.add(write);
            operation();
        }

        @Override
        public void sync() throws IOException {
            operation();
            if (syncsFail) {
                throw new IOException("no sync today");
            }
            writes.clear();
            durable = current.clone();
        }

        void crash(Tear tear) {
            for (Write write : writes) {
                durable = write.onto(durable, tear);
            }
            writes.clear();
            current = durable.clone();
        }

        @Override
        public void close() {}
    }

    private record Write(int position, Bytes bytes) {
        /** What a crash makes of the content: it grows only as far as bytes survived. */
        byte[] onto(byte[] content, Tear tear) {
            byte[] result = Arrays.copyOf(content, Math.max(content.length, position + bytes.length()));
            int length = content.length;
            for (int i = 0; i < bytes.length(); i++) {
                if (tear.survives(i, bytes.length())) {
                    result[position + i] = bytes.at(i);
                    length = Math.max(length, position + i + 1);
                }
            }
            return Arrays.copyOf(result, length);
        }
    }
}
