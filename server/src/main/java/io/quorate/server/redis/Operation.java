package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.ItemResult;
import java.util.List;
import java.util.Optional;

/**
 * What one command does to its keys, in up to three forms that come to the same.
 *
 * @param keys that it looks at or changes, at least one
 * @param evaluation what it comes to, given what the keys have
 * @param direct what the leader can do by itself, without anything being read first
 * @param split the command in several, one for each partition, if it may be done so
 */
record Operation(List<Bytes> keys, Evaluation evaluation, Optional<Direct> direct, Optional<Split> split) {
    Operation {
        keys = List.copyOf(keys);
    }

    /** Of what has to be evaluated here. */
    static Operation evaluated(Bytes key, Evaluation evaluation) {
        return new Operation(List.of(key), evaluation, Optional.empty(), Optional.empty());
    }

    /** Of what the leader can do by itself. */
    static Operation direct(Bytes key, Direct direct, Evaluation evaluation) {
        return new Operation(List.of(key), evaluation, Optional.of(direct), Optional.empty());
    }

    /** Changes the draft and answers; does the same each time that it is called with the same. */
    interface Evaluation {
        /** What it comes to. */
        Reply on(Draft draft);
    }

    /**
     * A write that comes to what the command is to do.
     *
     * @param whenRefused the answer when a condition does not hold; without one the command is evaluated here then
     */
    record Direct(List<Command> commands, Answer answer, Optional<Reply> whenRefused) {
        Direct {
            commands = List.copyOf(commands);
        }

        /** Of one command that has no condition. */
        static Direct of(Command command, Answer answer) {
            return new Direct(List.of(command), answer, Optional.empty());
        }

        /** Of one command that has a condition. */
        static Direct of(Command command, Answer answer, Reply whenRefused) {
            return new Direct(List.of(command), answer, Optional.of(whenRefused));
        }
    }

    /** What is answered, given what each command of a write came to. */
    interface Answer {
        /** The answer. */
        Reply of(List<ItemResult> results);
    }

    /** A command over several keys as several of the same kind. */
    interface Split {
        /** The command over some of the keys. */
        Operation of(List<Integer> places);

        /** How many bytes it writes under one of the keys. */
        default long bytes(int place) {
            return 0;
        }

        /** The answer to the whole, when none of them failed. */
        Reply whole(List<Part> parts);
    }

    /** What the command over some of the keys was answered. */
    record Part(List<Integer> places, Reply reply) {}
}
