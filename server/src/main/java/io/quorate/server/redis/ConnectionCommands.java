package io.quorate.server.redis;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import java.util.List;
import java.util.Map;

/** Commands about the connection itself. */
final class ConnectionCommands {
    private static final String NO_PASSWORD =
            "ERR AUTH <password> called without any password configured for the default user. Are you sure your"
                    + " configuration is correct?";

    private ConnectionCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                CommandSpec.plain(
                        "PING", -1, Family.CONNECTION, "Answers PONG, or its argument.", ConnectionCommands::ping),
                CommandSpec.plain(
                        "ECHO",
                        2,
                        Family.CONNECTION,
                        "Answers its argument.",
                        (arguments, session) -> Prepared.known(new Reply.Bulk(arguments.at(1)))),
                CommandSpec.plain(
                        "HELLO",
                        -1,
                        Family.CONNECTION,
                        "Chooses a version of the protocol.",
                        ConnectionCommands::hello),
                CommandSpec.plain(
                        "AUTH",
                        -2,
                        Family.CONNECTION,
                        "Reserved: access is not authenticated yet.",
                        (arguments, session) -> Prepared.known(Errors.failure(NO_PASSWORD))),
                CommandSpec.plain(
                        "SELECT",
                        2,
                        Family.CONNECTION,
                        "Chooses database 0, the only one.",
                        ConnectionCommands::select),
                CommandSpec.plain(
                        "QUIT",
                        -1,
                        Family.CONNECTION,
                        "Closes the connection.",
                        (arguments, session) -> new Prepared.Control(Prepared.Verb.QUIT)),
                CommandSpec.plain(
                        "RESET",
                        1,
                        Family.CONNECTION,
                        "Makes the connection as it was when it was opened.",
                        (arguments, session) -> new Prepared.Control(Prepared.Verb.RESET)));
    }

    private static Prepared ping(Arguments arguments, Session session) throws RefusedException {
        if (arguments.count() > 2) {
            throw Errors.arity("ping");
        }
        return Prepared.known(arguments.count() == 1 ? new Reply.Simple("PONG") : new Reply.Bulk(arguments.at(1)));
    }

    private static Prepared select(Arguments arguments, Session session) throws RefusedException {
        if (arguments.whole(1) != 0) {
            throw new RefusedException("ERR DB index is out of range");
        }
        return Prepared.known(Reply.OK);
    }

    private static Prepared hello(Arguments arguments, Session session) throws RefusedException {
        int version = session.protocol();
        Bytes name = session.name();
        if (arguments.count() > 1) {
            version = version(arguments.at(1));
        }
        for (int place = 2; place < arguments.count(); place++) {
            String option = arguments.word(place);
            if (option.equals("SETNAME") && place + 1 < arguments.count()) {
                name = checkedName(arguments.at(place + 1));
                place++;
            } else if (option.equals("AUTH") && place + 2 < arguments.count()) {
                throw new RefusedException(NO_PASSWORD);
            } else {
                throw new RefusedException(
                        "ERR Syntax error in HELLO option '" + Errors.shown(arguments.at(place)) + "'");
            }
        }
        int chosen = version;
        Bytes wanted = name;
        return new Prepared.Immediate(() -> {
            session.protocol(chosen);
            session.name(wanted);
            return about(session);
        });
    }

    private static int version(Bytes given) throws RefusedException {
        long version = Arguments.number(given)
                .orElseThrow(() -> new RefusedException("ERR Protocol version is not an integer or out of range"));
        if (version != ReplyWriter.RESP2 && version != ReplyWriter.RESP3) {
            throw new RefusedException("NOPROTO unsupported protocol version");
        }
        return (int) version;
    }

    private static Reply about(Session session) {
        return new Reply.Pairs(List.of(
                pair("server", Reply.bulk("redis")),
                pair("version", Reply.bulk(ServerCommands.REDIS_VERSION)),
                pair("proto", new Reply.Whole(session.protocol())),
                pair("id", new Reply.Whole(session.id())),
                pair("mode", Reply.bulk("standalone")),
                pair("role", Reply.bulk("master")),
                pair("modules", new Reply.Many(List.of()))));
    }

    static Map.Entry<Reply, Reply> pair(String name, Reply value) {
        return Map.entry(Reply.bulk(name), value);
    }

    /** Names stand in lists with spaces between their members. */
    static Bytes checkedName(Bytes given) throws RefusedException {
        boolean plain = given.length() <= Limits.MAX_CONTENT_TYPE_BYTES;
        for (int at = 0; plain && at < given.length(); at++) {
            plain = given.at(at) > ' ' && given.at(at) < 0x7F;
        }
        if (!plain) {
            throw new RefusedException(
                    "ERR Client names cannot contain spaces, newlines or special characters, and have at most "
                            + Limits.MAX_CONTENT_TYPE_BYTES + " bytes.");
        }
        return given;
    }
}
