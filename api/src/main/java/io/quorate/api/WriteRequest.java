package io.quorate.api;

import java.util.List;
import java.util.Optional;

/**
 * A write as a client asks for it: one command, or several of one partition of which all are done or none.
 *
 * @param commands what it is to do, in this order, each on what the ones before it leave; 1 to {@link #MAX_COMMANDS}
 * @param name names it, if it may be repeated safely
 * @param acks how many replicas are to have it on disk before it is answered, from the write quorum to N; {@link
 *     #AS_THE_CLUSTER} for the write quorum, {@link #ALL} for N
 * @param explain whether the answer is to say how it went
 */
public record WriteRequest(List<Command> commands, Optional<WriteName> name, int acks, boolean explain) {
    /** As many replicas as the write quorum of the cluster. */
    public static final int AS_THE_CLUSTER = 0;

    /** All replicas, however many there are. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The most commands of one write. */
    public static final int MAX_COMMANDS = 128;

    public WriteRequest {
        commands = List.copyOf(commands);
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            throw new IllegalArgumentException("a write of " + commands.size() + " commands");
        }
        if (acks < 0) {
            throw new IllegalArgumentException("a write for " + acks + " replicas");
        }
        if (opens(commands) && (commands.size() > 1 || name.isPresent())) {
            throw new IllegalArgumentException("a session is opened by a write of its own, without a name");
        }
    }

    /** Several commands that the write quorum is to have. */
    public WriteRequest(List<Command> commands, Optional<WriteName> name) {
        this(commands, name, AS_THE_CLUSTER, false);
    }

    /** A write of one command. */
    public WriteRequest(Command command, Optional<? extends WriteName> name) {
        this(List.of(command), name.map(any -> any));
    }

    /** The same, but so many replicas are to have it. */
    public WriteRequest withAcks(int wanted) {
        return new WriteRequest(commands, name, wanted, explain);
    }

    /** The same, and its answer is to say how it went, or not. */
    public WriteRequest explained(boolean wanted) {
        return new WriteRequest(commands, name, acks, wanted);
    }

    /** A write of one command that is not to be repeated. */
    public static WriteRequest of(Command command) {
        return new WriteRequest(List.of(command), Optional.empty());
    }

    /** Its first command, which is the only one unless it {@link #isAtomic}. */
    public Command command() {
        return commands.getFirst();
    }

    /** Whether its outcome tells of each command: it has several, of which all are done or none, or tells what is there. */
    public boolean isAtomic() {
        return commands.size() > 1 || command() instanceof Command.Get;
    }

    /** The key of its first command; all of its keys belong to one partition. */
    public Bytes key() {
        return command().key();
    }

    /** Whether handing it to a second leader does no harm when the first may have taken it. */
    public boolean isRepeatable() {
        return name.isPresent() || opensSession();
    }

    /** Whether it begins a session; its revision is where. */
    public boolean opensSession() {
        return opens(commands);
    }

    private static boolean opens(List<Command> commands) {
        return commands.stream().anyMatch(Command.OpenSession.class::isInstance);
    }
}
