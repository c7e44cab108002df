package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** COMMAND: what commands there are. */
final class CatalogCommands {
    private CatalogCommands() {}

    static List<CommandSpec> all() {
        return List.of(CommandSpec.plain(
                "COMMAND", -1, Family.SERVER, "Tells what commands there are.", CatalogCommands::command));
    }

    private static Prepared command(Arguments arguments, Session session) throws RefusedException {
        if (arguments.count() == 1) {
            return new Prepared.Immediate(() -> infos(CommandTable.all()));
        }
        return switch (arguments.word(1)) {
            case "COUNT" ->
                new Prepared.Immediate(() -> new Reply.Whole(CommandTable.all().size()));
            case "LIST" ->
                new Prepared.Immediate(() -> new Reply.Many(CommandTable.all().stream()
                        .map(spec -> Reply.bulk(lower(spec)))
                        .toList()));
            case "DOCS" -> new Prepared.Immediate(() -> docs(named(arguments.from(2))));
            case "INFO" ->
                new Prepared.Immediate(
                        () -> arguments.count() == 2 ? infos(CommandTable.all()) : infosOf(arguments.from(2)));
            default -> throw Errors.subcommand("COMMAND", arguments.at(1));
        };
    }

    private static Collection<CommandSpec> named(List<Bytes> names) {
        if (names.isEmpty()) {
            return CommandTable.all();
        }
        return names.stream()
                .map(name -> CommandTable.find(Arguments.word(name)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Reply docs(Collection<CommandSpec> specs) {
        return new Reply.Pairs(specs.stream()
                .map(spec -> ConnectionCommands.pair(
                        lower(spec),
                        new Reply.Pairs(List.of(
                                ConnectionCommands.pair("summary", Reply.bulk(spec.summary())),
                                ConnectionCommands.pair(
                                        "group", Reply.bulk(spec.family().label()))))))
                .toList());
    }

    private static Reply infos(Collection<CommandSpec> specs) {
        return new Reply.Many(specs.stream().map(CatalogCommands::info).toList());
    }

    private static Reply infosOf(List<Bytes> names) {
        List<Reply> infos = new ArrayList<>();
        for (Bytes name : names) {
            infos.add(CommandTable.find(Arguments.word(name))
                    .map(CatalogCommands::info)
                    .orElseGet(Reply.NoneOfThem::new));
        }
        return new Reply.Many(infos);
    }

    private static Reply info(CommandSpec spec) {
        Reply none = new Reply.Many(List.of());
        return new Reply.Many(List.of(
                Reply.bulk(lower(spec)),
                new Reply.Whole(spec.arity()),
                new Reply.Many(
                        spec.flags().stream().<Reply>map(Reply.Simple::new).toList()),
                new Reply.Whole(spec.firstKey()),
                new Reply.Whole(spec.lastKey()),
                new Reply.Whole(spec.step()),
                none,
                none,
                none,
                none));
    }

    private static String lower(CommandSpec spec) {
        return spec.name().toLowerCase(Locale.ROOT);
    }
}
