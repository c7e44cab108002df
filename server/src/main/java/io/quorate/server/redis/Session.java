package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a client has told about itself on one connection, and what it is amid. Used on the event loop alone. */
final class Session {
    /** Keys that are watched, until the transaction after it ends. */
    static final class Watched {
        private final Map<Bytes, Revision> revisions = new LinkedHashMap<>();
        private OptionalInt partition = OptionalInt.empty();
        private boolean failed;

        OptionalInt partition() {
            return partition;
        }

        void in(int wanted) {
            partition = OptionalInt.of(wanted);
        }

        /** Some key could not be read: nothing can be done on the condition that it has not changed. */
        void fail() {
            failed = true;
        }

        boolean hasFailed() {
            return failed;
        }

        Map<Bytes, Revision> revisions() {
            return revisions;
        }
    }

    /** Commands between MULTI and EXEC. */
    static final class Transaction {
        private final List<Prepared> commands = new ArrayList<>();
        private long bytes;
        private boolean aborted;

        List<Prepared> commands() {
            return commands;
        }

        boolean isAborted() {
            return aborted;
        }

        void abort() {
            aborted = true;
        }

        /** Takes a command in, if there is room for it. */
        boolean add(Prepared command, int commandBytes) {
            bytes += commandBytes;
            boolean fits = commands.size() < RedisLimits.MAX_QUEUED && bytes <= RedisLimits.MAX_QUEUED_BYTES;
            if (fits) {
                commands.add(command);
            }
            return fits;
        }
    }

    private final long id;
    private final String remote;
    private final String local;
    private final SessionRegistry registry;
    private final RedisSettings settings;
    private final ScanPositions positions;
    private final long begunNanos = System.nanoTime();
    private final AckLedger ledger = new AckLedger();
    private Watched watched = new Watched();
    private @Nullable Transaction transaction;
    private int protocol = ReplyWriter.RESP2;
    private Bytes name = Bytes.EMPTY;
    private Bytes library = Bytes.EMPTY;
    private Bytes libraryVersion = Bytes.EMPTY;
    private String lastCommand = "";

    Session(
            long id,
            String remote,
            String local,
            SessionRegistry registry,
            RedisSettings settings,
            ScanPositions positions) {
        this.id = id;
        this.remote = remote;
        this.local = local;
        this.registry = registry;
        this.settings = settings;
        this.positions = positions;
    }

    long id() {
        return id;
    }

    SessionRegistry registry() {
        return registry;
    }

    RedisSettings settings() {
        return settings;
    }

    ScanPositions positions() {
        return positions;
    }

    AckLedger ledger() {
        return ledger;
    }

    int protocol() {
        return protocol;
    }

    void protocol(int wanted) {
        protocol = wanted;
    }

    Bytes name() {
        return name;
    }

    void name(Bytes wanted) {
        name = wanted;
    }

    void library(Bytes wanted) {
        library = wanted;
    }

    void libraryVersion(Bytes wanted) {
        libraryVersion = wanted;
    }

    void sent(String command) {
        lastCommand = command;
    }

    Optional<Transaction> transaction() {
        return Optional.ofNullable(transaction);
    }

    void begin() {
        transaction = new Transaction();
    }

    /** Ends the transaction and what was watched for it. */
    Watched end() {
        transaction = null;
        Watched ended = watched;
        watched = new Watched();
        return ended;
    }

    Watched watched() {
        return watched;
    }

    /** As if the connection had just been opened. */
    void reset() {
        end();
        protocol = ReplyWriter.RESP2;
        name = Bytes.EMPTY;
    }

    /** One line about it, as CLIENT LIST has it. */
    String line() {
        int queued = transaction == null ? -1 : transaction.commands().size();
        return "id=" + id + " addr=" + remote + " laddr=" + local + " name=" + Errors.shown(name) + " age="
                + (System.nanoTime() - begunNanos) / 1_000_000_000 + " flags=" + (transaction == null ? 'N' : 'x')
                + " db=0 multi=" + queued + " watch=" + watched.revisions().size() + " cmd=" + lastCommand
                + " user=default lib-name=" + Errors.shown(library) + " lib-ver=" + Errors.shown(libraryVersion)
                + " resp=" + protocol + "\n";
    }
}
