package io.quorate.simulation;

import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what clients were told with the committed log. */
final class Answers {
    private final Simulation world;
    private final List<Asked> refused = new ArrayList<>();

    Answers(Simulation world) {
        this.world = world;
    }

    void written(Asked asked, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied done -> applied(asked, done);
            case Outcome.ConditionFailed failed -> conditionFailed(asked, failed);
            case Outcome.NotApplied not -> {
                refused.add(asked);
                world.coverage()
                        .happened(
                                not.problem() == Problem.DISK_FULL
                                        ? Coverage.Happening.REFUSED_FOR_DISK
                                        : Coverage.Happening.WRITE_REFUSED);
                mustNotBeCalm(asked, outcome.toString());
            }
            case Outcome.Unknown _ -> {
                world.coverage().happened(Coverage.Happening.OUTCOME_UNKNOWN);
                mustNotBeCalm(asked, outcome.toString());
            }
        }
    }

    private static void mustNotBeCalm(Asked asked, String told) {
        if (asked.calm()) {
            throw new Violation(Promise.CALM_SUCCEEDS, "without faults %s was answered %s".formatted(asked, told));
        }
    }

    private void applied(Asked asked, Outcome.Applied done) {
        Command command = asked.command().orElseThrow();
        CommittedLog log = world.invariants().committed(asked.partition());
        Optional<Entry> entry = log.at(done.revision().index());
        boolean right = entry.filter(found -> found.term() == done.revision().term() && makes(found, command))
                .isPresent();
        if (!right) {
            throw new Violation(
                    Promise.ACKNOWLEDGED_IS_COMMITTED,
                    "%s was acknowledged as %s but %s is committed there".formatted(asked, done, entry));
        }
        world.durability().acknowledged(asked.partition(), done.revision());
        Optional<Record> before = log.state(asked.key(), done.revision().index() - 1);
        if (before.isPresent() != done.existed()) {
            throw new Violation(
                    Promise.CONDITIONS_FOLLOW_THE_LOG,
                    "%s was told existed=%s, but before it there was %s".formatted(asked, done.existed(), before));
        }
        if (command instanceof Command.Replicate replicate && before.isPresent() && !newer(replicate, before.get())) {
            throw new Violation(
                    Promise.CONDITIONS_FOLLOW_THE_LOG,
                    "%s was applied as %s over %s, which is newer".formatted(asked, done, before.get()));
        }
    }

    private static boolean newer(Command.Replicate command, Record before) {
        return command.originTimeMillis() != before.modifiedMillis()
                ? command.originTimeMillis() > before.modifiedMillis()
                : command.origin().compareTo(before.origin()) > 0;
    }

    private void conditionFailed(Asked asked, Outcome.ConditionFailed failed) {
        world.coverage().happened(Coverage.Happening.CONDITION_FAILED);
        Revision current = failed.current();
        CommittedLog log = world.invariants().committed(asked.partition());
        Optional<Record> there = log.state(asked.key(), current.index());
        boolean was = there.filter(record -> record.revision().equals(current)).isPresent();
        boolean holds = was
                && asked.command().orElseThrow() instanceof Command.Replicate replicate
                && newer(replicate, there.orElseThrow());
        if (!was || holds || current.index() < asked.acknowledged().index()) {
            throw new Violation(
                    Promise.CONDITIONS_FOLLOW_THE_LOG,
                    "%s was answered %s, but there was %s".formatted(asked, failed, there));
        }
    }

    void read(Asked asked, ReadOutcome outcome) {
        switch (outcome) {
            case ReadOutcome.Found found -> read(asked, Optional.of(found.record()), found.served());
            case ReadOutcome.Missing missing -> read(asked, Optional.empty(), missing.served());
            case ReadOutcome.NotServed not -> {
                if (!asked.local()) {
                    mustNotBeCalm(asked, not.toString());
                }
            }
        }
    }

    private void read(Asked asked, Optional<Record> record, ReadOutcome.Served served) {
        CommittedLog log = world.invariants().committed(asked.partition());
        long applied = served.applied().index();
        if (asked.local()) {
            if (!log.state(asked.key(), applied).equals(record)) {
                throw new Violation(
                        Promise.STATE_FOLLOWS_FROM_LOG,
                        "%s saw %s at %s, but the log makes it %s"
                                .formatted(asked, record, served, log.state(asked.key(), applied)));
            }
            return;
        }
        if (served.applied().term() < asked.establishedTerm()) {
            throw new Violation(
                    Promise.READ_UNDER_LEASE,
                    "%s was answered by %s after a leader of term %d had served"
                            .formatted(asked, served, asked.establishedTerm()));
        }
        long from = asked.acknowledged().index();
        boolean seenThen = from <= applied && log.state(asked.key(), from).equals(record);
        if (!seenThen && !log.versions(asked.key(), from, applied).containsValue(record)) {
            throw new Violation(
                    Promise.READ_IS_FRESH,
                    "%s saw %s, which the key never was from %s to %s"
                            .formatted(asked, record, asked.acknowledged(), served));
        }
    }

    private static boolean makes(Entry entry, Command command) {
        return entry.changes().stream().anyMatch(change -> switch (change) {
            case Change.Put put ->
                switch (command) {
                    case Command.Put wanted ->
                        put.key().equals(wanted.key()) && put.record().value().equals(wanted.value());
                    case Command.Replicate wanted ->
                        put.key().equals(wanted.key()) && put.record().value().equals(wanted.value());
                    case Command.Delete _ -> false;
                };
            case Change.Delete delete -> delete.key().equals(command.key()) && command instanceof Command.Delete;
            case Change.Barrier _, Change.Checksum _ -> false;
        });
    }

    /** At the end: what was refused as surely not applied is nowhere in the committed log. */
    void checkRefused() {
        for (Asked asked : refused) {
            Command command = asked.command().orElseThrow();
            boolean applied = world
                    .invariants()
                    .committed(asked.partition())
                    .versions(asked.key(), 0, Long.MAX_VALUE)
                    .values()
                    .stream()
                    .flatMap(Optional::stream)
                    .anyMatch(record -> isValueOf(record, command));
            if (applied) {
                throw new Violation(Promise.REFUSED_IS_NOT_APPLIED, "refused, and committed: " + asked);
            }
        }
    }

    private static boolean isValueOf(Record record, Command command) {
        return switch (command) {
            case Command.Put put -> record.value().equals(put.value());
            case Command.Replicate replicate -> record.value().equals(replicate.value());
            case Command.Delete _ -> false;
        };
    }
}
