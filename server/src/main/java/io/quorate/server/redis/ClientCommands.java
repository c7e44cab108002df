package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.List;
import java.util.stream.Collectors;

/** CLIENT: what clients say about themselves and ask about each other. */
final class ClientCommands {
    private ClientCommands() {}

    static List<CommandSpec> all() {
        return List.of(CommandSpec.plain(
                "CLIENT",
                -2,
                Family.CONNECTION,
                "Names a connection, or tells about connections.",
                ClientCommands::client));
    }

    private static Prepared client(Arguments arguments, Session session) throws RefusedException {
        return switch (arguments.word(1)) {
            case "SETNAME" -> setName(arguments, session);
            case "GETNAME" -> {
                requireWords(arguments, 2);
                yield new Prepared.Immediate(
                        () -> session.name().isEmpty() ? Reply.NOTHING : new Reply.Bulk(session.name()));
            }
            case "ID" -> {
                requireWords(arguments, 2);
                yield Prepared.known(new Reply.Whole(session.id()));
            }
            case "INFO" -> {
                requireWords(arguments, 2);
                yield new Prepared.Immediate(() -> new Reply.Text(session.line()));
            }
            case "LIST" -> list(arguments, session);
            case "SETINFO" -> setInfo(arguments, session);
            case "NO-EVICT", "NO-TOUCH" -> {
                requireWords(arguments, 3);
                String wanted = arguments.word(2);
                if (!wanted.equals("ON") && !wanted.equals("OFF")) {
                    throw Errors.syntax();
                }
                yield Prepared.known(Reply.OK);
            }
            default -> throw Errors.subcommand("CLIENT", arguments.at(1));
        };
    }

    private static void requireWords(Arguments arguments, int count) throws RefusedException {
        if (arguments.count() != count) {
            throw Errors.arity("client|" + arguments.word(1));
        }
    }

    private static Prepared setName(Arguments arguments, Session session) throws RefusedException {
        requireWords(arguments, 3);
        Bytes name = ConnectionCommands.checkedName(arguments.at(2));
        return new Prepared.Immediate(() -> {
            session.name(name);
            return Reply.OK;
        });
    }

    /** Of this worker alone; filters are not needed by clients and not there. */
    private static Prepared list(Arguments arguments, Session session) throws RefusedException {
        boolean all = arguments.count() == 2
                || (arguments.count() == 4
                        && arguments.word(2).equals("TYPE")
                        && arguments.word(3).equals("NORMAL"));
        if (!all) {
            throw Errors.syntax();
        }
        return new Prepared.Immediate(() -> new Reply.Text(
                session.registry().all().stream().map(Session::line).collect(Collectors.joining())));
    }

    private static Prepared setInfo(Arguments arguments, Session session) throws RefusedException {
        requireWords(arguments, 4);
        Bytes value = ConnectionCommands.checkedName(arguments.at(3));
        return switch (arguments.word(2)) {
            case "LIB-NAME" ->
                new Prepared.Immediate(() -> {
                    session.library(value);
                    return Reply.OK;
                });
            case "LIB-VER" ->
                new Prepared.Immediate(() -> {
                    session.libraryVersion(value);
                    return Reply.OK;
                });
            default -> throw new RefusedException("ERR Unrecognized option '" + Errors.shown(arguments.at(2)) + "'");
        };
    }
}
