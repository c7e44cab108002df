package io.quorate.server.redis;

import java.util.List;

/** MULTI and what belongs to it, and WAIT. */
final class TransactionCommands {
    private TransactionCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                control("MULTI", Prepared.Verb.MULTI, "Begins a transaction."),
                control("EXEC", Prepared.Verb.EXEC, "Executes a transaction."),
                control("DISCARD", Prepared.Verb.DISCARD, "Gives a transaction up."),
                control("UNWATCH", Prepared.Verb.UNWATCH, "Watches no key any more."),
                new CommandSpec(
                        "WATCH",
                        -2,
                        Family.TRANSACTION,
                        List.of("noscript", "loading", "stale", "fast"),
                        1,
                        -1,
                        1,
                        "Lets the next transaction fail if a key changes.",
                        (arguments, session) -> new Prepared.Watch(arguments.from(1))),
                CommandSpec.plain(
                        "WAIT",
                        3,
                        Family.TRANSACTION,
                        "Waits until replicas have this connection's writes on disk.",
                        (arguments, session) -> {
                            long replicas = arguments.whole(1);
                            long timeoutMillis = arguments.whole(2);
                            if (timeoutMillis < 0) {
                                throw new RefusedException("ERR timeout is negative");
                            }
                            return new Prepared.Alone((cluster, ledger, whenDone) ->
                                    new AckWait(cluster, ledger, replicas, timeoutMillis, whenDone).start());
                        }));
    }

    private static CommandSpec control(String name, Prepared.Verb verb, String summary) {
        return CommandSpec.plain(
                name, 1, Family.TRANSACTION, summary, (arguments, session) -> new Prepared.Control(verb));
    }
}
