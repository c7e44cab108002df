package io.quorate.simulation;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Now;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A client that has a session for each partition: it opens them, numbers writes, and says which are answered. */
final class SessionCalls {
    private static final long OPENING_NANOS = 4_000 * Now.NANOS_PER_MILLI;
    private static final double GIVEN_UP = 0.01;

    /** Of one partition. */
    private static final class Numbering {
        final long askedNanos;
        Optional<Session> session = Optional.empty();
        long last;
        final TreeSet<Long> unanswered = new TreeSet<>();

        Numbering(long askedNanos) {
            this.askedNanos = askedNanos;
        }
    }

    private final Simulation world;
    private final Map<Integer, Numbering> current = new HashMap<>();
    private final Map<Long, Integer> openings = new TreeMap<>();

    SessionCalls(Simulation world) {
        this.world = world;
    }

    /** Opens a session for the key's partition, if there is none. */
    void tend(SimulatedWorker worker, Bytes key, int partition, long ticket, long timeoutNanos) {
        Numbering numbering = current.get(partition);
        boolean waits = numbering != null
                && (numbering.session.isPresent() || world.time.nanos() - numbering.askedNanos < OPENING_NANOS);
        if (!waits || world.time.chance(GIVEN_UP)) {
            current.put(partition, new Numbering(world.time.nanos()));
            openings.put(ticket, partition);
            worker.write(ticket, WriteRequest.of(new Command.OpenSession(key)), timeoutNanos);
        }
    }

    /** Takes in what came of an opening, if it is one. */
    boolean opened(long ticket, Outcome outcome) {
        Integer partition = openings.remove(ticket);
        if (partition == null) {
            return false;
        }
        Numbering numbering = current.get(partition);
        if (numbering != null && outcome instanceof Outcome.Applied applied && numbering.session.isEmpty()) {
            numbering.session = Optional.of(new Session(partition, applied.revision()));
        }
        return true;
    }

    /** The name of a further write, if there is a session for it. */
    Optional<WriteName> name(int partition, Bytes content) {
        Numbering numbering = current.get(partition);
        if (numbering == null || numbering.session.isEmpty()) {
            return Optional.empty();
        }
        long sequence = numbering.last + 1;
        long lowest = numbering.unanswered.isEmpty() ? sequence : numbering.unanswered.first();
        if (!SessionSequence.isValid(sequence, lowest)) {
            return Optional.empty();
        }
        numbering.last = sequence;
        numbering.unanswered.add(sequence);
        return Optional.of(SessionSequence.of(numbering.session.get(), sequence, lowest, content));
    }

    /** The client asks no more for what became of a write. */
    void answered(Asked asked, Outcome outcome) {
        asked.write().flatMap(WriteRequest::name).ifPresent(name -> {
            Numbering numbering = current.get(asked.partition());
            if (name instanceof SessionSequence numbered
                    && numbering != null
                    && numbering.session.filter(numbered.session()::equals).isPresent()) {
                numbering.unanswered.remove(numbered.sequence());
                if (outcome instanceof Outcome.NotApplied(Problem problem, String _)
                        && problem == Problem.SESSION_ENDED) {
                    current.remove(asked.partition());
                }
            }
        });
    }
}
