package io.quorate.acceptance.torture;

import io.quorate.api.Revision;
import io.quorate.simulation.history.Call;
import io.quorate.simulation.history.Operation;
import io.quorate.simulation.history.Result;
import io.quorate.simulation.history.Version;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The keys that clients ask for, some of them much more often than others.
 *
 * <p>A key is used for a bounded number of calls, and fewer when the fate of many is unknown; then another one takes its
 * place. So the history of each stays short enough to be checked. Thread-safe.
 */
final class KeySpace {
    private static final int SLOTS = 256;
    private static final int HOT_SLOTS = 16;
    private static final int MAX_CALLS = 200;
    private static final int MAX_UNKNOWN = 8;
    private static final int COUNTED_EVERY = 8;

    private final AtomicReferenceArray<Use> slots = new AtomicReferenceArray<>(SLOTS);
    private final Set<String> all = ConcurrentHashMap.newKeySet();

    KeySpace() {
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.set(slot, use(slot, 0));
        }
    }

    /** One key in use. */
    static final class Use {
        private final String key;
        private final int slot;
        private final int generation;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger unknown = new AtomicInteger();
        private volatile Version lastSeen = new Version.Absent();

        private Use(String key, int slot, int generation) {
            this.key = key;
            this.slot = slot;
            this.generation = generation;
        }

        String key() {
            return key;
        }

        /** Whether it is a number that is added to, and nothing else. */
        boolean isCounted() {
            return slot % COUNTED_EVERY == 0;
        }

        /** What was there when a client last heard of it; no better than a guess, so that conditions hold now and then. */
        Version lastSeen() {
            return lastSeen;
        }

        /** A call has told what is there. */
        void saw(Operation done) {
            switch (done.result()) {
                case Result.ReadValue(var _, Optional<Revision> revision) -> lastSeen = version(revision);
                case Result.Applied(Optional<Revision> revision, var _, var _) ->
                    lastSeen = done.call() instanceof Call.Delete || done.call() instanceof Call.DeleteIf
                            ? new Version.Absent()
                            : version(revision);
                case Result.ConditionFailed(Version current) -> lastSeen = current;
                case Result.NotApplied(), Result.Unknown() -> {}
            }
        }

        private static Version version(Optional<Revision> revision) {
            return revision.<Version>map(Version.At::new).orElseGet(Version.Absent::new);
        }
    }

    private Use use(int slot, int generation) {
        String key = "t/" + slot + "/" + generation;
        all.add(key);
        return new Use(key, slot, generation);
    }

    /** A key for the next call: a hot one for every second. */
    Use pick(SplittableRandom random) {
        return slots.get(random.nextInt(random.nextBoolean() ? HOT_SLOTS : SLOTS));
    }

    /** A call has ended. */
    void ended(Use use, Result result) {
        int unknown = result instanceof Result.Unknown ? use.unknown.incrementAndGet() : use.unknown.get();
        if (use.calls.incrementAndGet() >= MAX_CALLS || unknown >= MAX_UNKNOWN) {
            if (slots.get(use.slot) == use) {
                slots.compareAndSet(use.slot, use, use(use.slot, use.generation + 1));
            }
        }
    }

    /** Every key that was ever used. */
    Set<String> all() {
        return new TreeSet<>(all);
    }
}
