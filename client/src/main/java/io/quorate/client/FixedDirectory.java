package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.List;
import java.util.OptionalInt;

/** Always the same workers, whatever the key. */
record FixedDirectory(List<Worker> workers) implements Directory {
    FixedDirectory {
        workers = List.copyOf(workers);
    }

    @Override
    public Candidates candidates(Bytes key, Deadline deadline) {
        return new Candidates.Known(workers);
    }

    @Override
    public OptionalInt partition(Bytes key, Deadline deadline) {
        return OptionalInt.empty();
    }

    @Override
    public void doubt() {}
}
