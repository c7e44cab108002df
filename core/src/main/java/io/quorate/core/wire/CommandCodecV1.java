package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Limits;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import io.quorate.api.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The forms of clients' writes: commands with their conditions and lifetimes, and what makes them repeatable. */
public final class CommandCodecV1 {
    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int REPLICATE = 3;
    private static final int ADD = 4;
    private static final int RETIME = 5;
    private static final int SEVERAL = 6;
    private static final int OPEN_SESSION = 7;
    private static final int GET = 8;

    private static final int UNNAMED = 0;
    private static final int KEYED = 1;
    private static final int NUMBERED = 2;

    private static final int ALWAYS = 1;
    private static final int EXISTS = 2;
    private static final int ABSENT = 3;
    private static final int ANY_OF = 4;
    private static final int NONE_OF = 5;

    private static final int FOREVER = 1;
    private static final int KEEP = 2;
    private static final int FOR = 3;
    private static final int UNTIL = 4;

    private static final int MIN_REVISION_BYTES = 2;
    private static final int MIN_COMMAND_BYTES = 1 + KeyCodecV1.MIN_BYTES + 1;

    private CommandCodecV1() {}

    /** The encoding of the commands of a write; equal ones have equal encodings. */
    public static Bytes encode(List<Command> commands) {
        ByteWriter writer = new ByteWriter();
        write(writer, commands);
        return writer.toBytes();
    }

    /** The encoding of a write of one command. */
    public static Bytes encode(Command command) {
        return encode(List.of(command));
    }

    private static void write(ByteWriter writer, List<Command> commands) {
        if (commands.size() > 1) {
            writer.u8(SEVERAL);
            writer.count(commands.size(), WriteRequest.MAX_COMMANDS);
        }
        commands.forEach(command -> write(writer, command));
    }

    static void writeRequest(ByteWriter writer, WriteRequest request) {
        write(writer, request.commands());
        if (request.name().isEmpty()) {
            writer.u8(UNNAMED);
            return;
        }
        switch (request.name().get()) {
            case IdempotencyKey key -> {
                writer.u8(KEYED);
                writer.bytes(key.id(), IdempotencyKey.ID_BYTES);
                writer.fixed64(key.fingerprint());
            }
            case SessionSequence numbered -> {
                writer.u8(NUMBERED);
                writer.nonNegative(numbered.session().partition());
                OutcomeCodecV1.writeRevision(writer, numbered.session().opened());
                writer.nonNegative(numbered.lowest());
                writer.nonNegative(numbered.sequence() - numbered.lowest());
                writer.fixed64(numbered.fingerprint());
            }
        }
    }

    static WriteRequest readRequest(ByteReader reader) {
        List<Command> commands = readCommands(reader);
        int kind = reader.u8();
        Optional<WriteName> name = switch (kind) {
            case UNNAMED -> Optional.empty();
            case KEYED -> Optional.of(readIdempotency(reader));
            case NUMBERED -> Optional.of(readNumbered(reader));
            default -> throw reader.unknown("kind of name", kind);
        };
        boolean opens = commands.stream().anyMatch(Command.OpenSession.class::isInstance);
        if (opens && (commands.size() > 1 || name.isPresent())) {
            throw reader.malformed("an opening of a session that is not a write of its own");
        }
        return new WriteRequest(commands, name);
    }

    private static SessionSequence readNumbered(ByteReader reader) {
        int partition = reader.nonNegativeInt();
        Revision opened = OutcomeCodecV1.readRevision(reader);
        long lowest = reader.nonNegative();
        long sequence = lowest + reader.nonNegative();
        if (partition >= Limits.MAX_PARTITIONS || !SessionSequence.isValid(sequence, lowest)) {
            throw reader.malformed("a write of number " + sequence + " in a session of partition " + partition);
        }
        return new SessionSequence(new Session(partition, opened), sequence, lowest, reader.fixed64());
    }

    private static IdempotencyKey readIdempotency(ByteReader reader) {
        Bytes id = reader.bytes(IdempotencyKey.ID_BYTES);
        if (id.length() != IdempotencyKey.ID_BYTES) {
            throw reader.malformed("an id of " + id.length() + " bytes");
        }
        return new IdempotencyKey(id, reader.fixed64());
    }

    private static void write(ByteWriter writer, Command command) {
        switch (command) {
            case Command.Put put -> {
                head(writer, PUT, put);
                ValueCodecV1.write(writer, put.value());
                writeLifetime(writer, put.lifetime());
            }
            case Command.Delete delete -> head(writer, DELETE, delete);
            case Command.Get get -> head(writer, GET, get);
            case Command.OpenSession open -> head(writer, OPEN_SESSION, open);
            case Command.Add add -> {
                head(writer, ADD, add);
                writer.zigzag(add.amount());
            }
            case Command.Retime retime -> {
                head(writer, RETIME, retime);
                writeLifetime(writer, retime.lifetime());
            }
            case Command.Replicate replicate -> {
                head(writer, REPLICATE, replicate);
                writer.zigzag(replicate.originTimeMillis());
                writer.text(replicate.origin(), WireLimits.MAX_NAME_BYTES);
                ValueCodecV1.write(writer, replicate.value());
            }
        }
    }

    private static void head(ByteWriter writer, int kind, Command command) {
        writer.u8(kind);
        KeyCodecV1.write(writer, command.key());
        writeCondition(writer, command.condition());
    }

    private static List<Command> readCommands(ByteReader reader) {
        int kind = reader.u8();
        if (kind != SEVERAL) {
            return List.of(read(reader, kind));
        }
        int count = reader.count(WriteRequest.MAX_COMMANDS, MIN_COMMAND_BYTES);
        if (count < 2) {
            throw reader.malformed("a list of " + count + " commands");
        }
        List<Command> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            commands.add(read(reader, reader.u8()));
        }
        return commands;
    }

    private static Command read(ByteReader reader, int kind) {
        Bytes key = KeyCodecV1.read(reader);
        Condition condition = readCondition(reader);
        return switch (kind) {
            case PUT -> {
                var value = ValueCodecV1.read(reader);
                yield new Command.Put(key, value, condition, readLifetime(reader));
            }
            case DELETE -> new Command.Delete(key, condition);
            case ADD -> new Command.Add(key, reader.zigzag(), condition);
            case RETIME -> new Command.Retime(key, readLifetime(reader), condition);
            case REPLICATE -> readReplicate(reader, key);
            case GET -> new Command.Get(key, condition);
            case OPEN_SESSION -> new Command.OpenSession(key);
            default -> throw reader.unknown("kind of command", kind);
        };
    }

    private static Command readReplicate(ByteReader reader, Bytes key) {
        long originTimeMillis = reader.zigzag();
        String origin = reader.text(WireLimits.MAX_NAME_BYTES);
        return new Command.Replicate(key, ValueCodecV1.read(reader), originTimeMillis, origin);
    }

    private static void writeCondition(ByteWriter writer, Condition condition) {
        switch (condition) {
            case Condition.Always() -> writer.u8(ALWAYS);
            case Condition.Exists() -> writer.u8(EXISTS);
            case Condition.Absent() -> writer.u8(ABSENT);
            case Condition.AnyOf(List<Revision> revisions) -> writeRevisions(writer, ANY_OF, revisions);
            case Condition.NoneOf(List<Revision> revisions) -> writeRevisions(writer, NONE_OF, revisions);
        }
    }

    private static void writeRevisions(ByteWriter writer, int kind, List<Revision> revisions) {
        writer.u8(kind);
        writer.count(revisions.size(), Condition.MAX_REVISIONS);
        revisions.forEach(revision -> OutcomeCodecV1.writeRevision(writer, revision));
    }

    private static Condition readCondition(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case ALWAYS -> Condition.ALWAYS;
            case EXISTS -> new Condition.Exists();
            case ABSENT -> new Condition.Absent();
            case ANY_OF -> new Condition.AnyOf(readRevisions(reader));
            case NONE_OF -> new Condition.NoneOf(readRevisions(reader));
            default -> throw reader.unknown("kind of condition", kind);
        };
    }

    private static List<Revision> readRevisions(ByteReader reader) {
        int count = reader.count(Condition.MAX_REVISIONS, MIN_REVISION_BYTES);
        List<Revision> revisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            revisions.add(OutcomeCodecV1.readRevision(reader));
        }
        return revisions;
    }

    private static void writeLifetime(ByteWriter writer, Lifetime lifetime) {
        switch (lifetime) {
            case Lifetime.Forever() -> writer.u8(FOREVER);
            case Lifetime.Keep() -> writer.u8(KEEP);
            case Lifetime.For(long millis) -> {
                writer.u8(FOR);
                writer.nonNegative(millis);
            }
            case Lifetime.Until(long unixMillis) -> {
                writer.u8(UNTIL);
                writer.nonNegative(unixMillis);
            }
        }
    }

    private static Lifetime readLifetime(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case FOREVER -> Lifetime.FOREVER;
            case KEEP -> new Lifetime.Keep();
            case FOR -> new Lifetime.For(checked(reader, reader.nonNegative(), 1, Lifetime.MAX_MILLIS));
            case UNTIL -> new Lifetime.Until(checked(reader, reader.nonNegative(), 0, io.quorate.api.Record.NEVER - 1));
            default -> throw reader.unknown("kind of lifetime", kind);
        };
    }

    private static long checked(ByteReader reader, long number, long least, long most) {
        if (number < least || number > most) {
            throw reader.malformed("a lifetime of " + number);
        }
        return number;
    }
}
