package io.quorate.server.store;

import io.quorate.core.port.KeyValueStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that writes the steps of a seed until it is killed, and says after each sync how many it has done. */
final class CrashingWriter {
    static final int PARTITION = 7;
    private static final int STEPS_PER_SYNC = 3;

    private CrashingWriter() {}

    /**
     * @param args which store, folder, seed
     */
    public static void main(String[] args) throws Exception {
        PrintStream progress = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        ReplicaModel model = new ReplicaModel(PARTITION, Long.parseLong(args[2]));
        try (KeyValueStore store = open(args[0], Path.of(args[1]))) {
            while (!progress.checkError()) {
                for (int i = 0; i < STEPS_PER_SYNC; i++) {
                    model.step(store);
                }
                store.sync();
                progress.println(model.size());
            }
        }
    }

    static KeyValueStore open(String which, Path folder) throws StoreRefusedException {
        return switch (which) {
            case "rocksdb" -> RocksStore.open(folder, RocksMemory.allocate(RocksSettings.DEFAULT));
            case "json" -> JsonStore.open(folder);
            default -> throw new IllegalArgumentException(which);
        };
    }
}
