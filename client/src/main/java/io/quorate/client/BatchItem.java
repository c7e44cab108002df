package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;

/**
 * One item of a batch: something to write or a key to read.
 *
 * <pre>{@code
 * List<BatchItem> items = List.of(
 *         new BatchItem.Write(new Command.Add(Bytes.utf8("visits"), 1)),
 *         new BatchItem.Read(Bytes.utf8("name")));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface BatchItem {
    /** The key that it is about. */
    Bytes key();

    /** What it does, in the word of {@code POST /batch}: put, delete, add, expire or get. */
    default String op() {
        return switch (this) {
            case Read _ -> "get";
            case Write(Command.Put _) -> "put";
            case Write(Command.Delete _) -> "delete";
            case Write(Command.Add _) -> "add";
            case Write(Command.Retime _) -> "expire";
            case Write(Command.Get _) -> "get";
            case Write(Command command) -> throw Requests.notOfAClient(command);
        };
    }

    /** A write; its result is a {@link WriteResult}. Not a {@link Command.Get}, which only an atomic batch has. */
    record Write(Command command) implements BatchItem {
        @Override
        public Bytes key() {
            return command.key();
        }
    }

    /** A linearizable read, done at the same time as the writes of the batch; its result is a {@link ReadResult}. */
    record Read(Bytes key) implements BatchItem {}
}
