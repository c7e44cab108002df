package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A command whose arguments are in order: what there is to do. */
sealed interface Prepared {
    /** What this process answers by itself; within a transaction at its end. */
    record Immediate(Supplier<Reply> reply) implements Prepared {}

    /** Something over keys. */
    record OverKeys(Operation operation) implements Prepared {}

    /** Something over the whole cluster, or about the connection's commands before it: it is done alone. */
    record Alone(Task task) implements Prepared {}

    /** The keys are watched until the next transaction ends. */
    record Watch(List<Bytes> keys) implements Prepared {
        public Watch {
            keys = List.copyOf(keys);
        }
    }

    /** It is about the conversation itself. */
    record Control(Verb verb) implements Prepared {}

    /** What a conversation can be told. */
    enum Verb {
        MULTI,
        EXEC,
        DISCARD,
        UNWATCH,
        RESET,
        QUIT
    }

    /** Work that takes a while. */
    interface Task {
        /** Does it; answers once. */
        void run(Cluster cluster, AckLedger ledger, Consumer<Reply> whenDone);
    }

    /** Of a reply that is known. */
    static Prepared known(Reply reply) {
        return new Immediate(() -> reply);
    }
}
