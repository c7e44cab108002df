package io.quorate.server.redis;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every command that there is, by name. */
final class CommandTable {
    private static final Map<String, CommandSpec> BY_NAME = byName();

    private CommandTable() {}

    private static Map<String, CommandSpec> byName() {
        Map<String, CommandSpec> byName = new TreeMap<>();
        Stream.of(
                        ConnectionCommands.all(),
                        ClientCommands.all(),
                        ServerCommands.all(),
                        CatalogCommands.all(),
                        StringCommands.all(),
                        SetCommands.all(),
                        RangeCommands.all(),
                        NumberCommands.all(),
                        KeyCommands.all(),
                        SeveralKeysCommands.all(),
                        ExpiryCommands.all(),
                        ListingCommands.all(),
                        TransactionCommands.all())
                .flatMap(List::stream)
                .forEach(spec -> byName.put(spec.name(), spec));
        return Map.copyOf(byName);
    }

    /** @param name in capitals */
    static Optional<CommandSpec> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Collection<CommandSpec> all() {
        return new TreeMap<>(BY_NAME).values();
    }
}
