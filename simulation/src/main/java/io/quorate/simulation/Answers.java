package io.quorate.simulation;

import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Entry;
import io.quorate.core.log.Space;
import io.quorate.core.wire.ItemResultsV1;
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
            case Outcome.NotApplied not -> notApplied(asked, not);
            case Outcome.Unknown unknown
            when unknown.forgotten() -> world.coverage().happened(Coverage.Happening.WRITE_FORGOTTEN);
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

    private void notApplied(Asked asked, Outcome.NotApplied not) {
        world.coverage()
                .happened(
                        switch (not.problem()) {
                            case DISK_FULL -> Coverage.Happening.REFUSED_FOR_DISK;
                            case IDEMPOTENCY_FULL -> Coverage.Happening.REMEMBERED_FULL;
                            case SESSION_ENDED -> Coverage.Happening.SESSION_ENDED;
                            default -> Coverage.Happening.WRITE_REFUSED;
                        });
        if (asked.attempt() == 1) {
            refused.add(asked);
        }
        if (not.problem() != Problem.IDEMPOTENCY_FULL && not.problem() != Problem.SESSION_ENDED) {
            mustNotBeCalm(asked, not.toString());
        }
    }

    private void applied(Asked asked, Outcome.Applied done) {
        CommittedLog log = world.invariants().committed(asked.partition());
        long index = done.revision().index();
        Optional<Entry> entry =
                log.at(index).filter(found -> found.term() == done.revision().term());
        List<ItemResult> items = items(asked, done);
        for (int i = 0; i < items.size(); i++) {
            Command command = asked.commands().get(i);
            Optional<Record> before = log.visible(command.key(), index - 1, log.logTime(index));
            if (entry.filter(found -> Effects.has(found, asked, command, done, before))
                    .isEmpty()) {
                throw new Violation(
                        Promise.ACKNOWLEDGED_IS_COMMITTED,
                        "%s was acknowledged as %s over %s but %s is committed there"
                                .formatted(asked, done, before, entry));
            }
            if (before.isPresent() != items.get(i).existed()
                    || !tells(command, items.get(i), before)
                    || !Effects.holds(command, before)) {
                throw new Violation(
                        Promise.CONDITIONS_FOLLOW_THE_LOG,
                        "%s was told %s, but before it there was %s".formatted(asked, done, before));
            }
        }
        world.durability().acknowledged(asked.partition(), done.revision());
        if (asked.write().filter(write -> write.acks() == WriteRequest.ALL).isPresent()
                && done.acks() < done.replicas()) {
            world.coverage().happened(Coverage.Happening.TOO_FEW_ACKS);
            if (!isReplaced(asked.partition(), done.revision().term())) {
                mustNotBeCalm(asked, done.toString());
            }
        }
        if (done.explanation().isPresent()) {
            world.coverage().happened(Coverage.Happening.WRITE_EXPLAINED);
        }
    }

    /** A leader that is asked to make room for another answers with what it knows, and without faults too. */
    private boolean isReplaced(int partition, long term) {
        return world.workers().stream()
                .flatMap(worker -> worker.core().stream())
                .flatMap(core -> core.inspect().stream())
                .anyMatch(replica -> replica.partition() == partition && replica.term() > term);
    }

    /** What each command came to. */
    static List<ItemResult> items(Asked asked, Outcome.Applied done) {
        return ItemResultsV1.of(asked.write().orElseThrow(), done);
    }

    /** No other command of the write is about its key. */
    private static boolean tells(Command command, ItemResult item, Optional<Record> before) {
        return item.found().equals(command instanceof Command.Get ? before : Optional.empty());
    }

    private void conditionFailed(Asked asked, Outcome.ConditionFailed failed) {
        world.coverage().happened(Coverage.Happening.CONDITION_FAILED);
        CommittedLog log = world.invariants().committed(asked.partition());
        Revision current = failed.current();
        Command command = asked.commands().get(failed.item());
        long acknowledged =
                command.key().equals(asked.key()) ? asked.acknowledged().index() : 0;
        boolean right;
        if (current.equals(Revision.NONE)) {
            right = !Effects.holds(command, Optional.empty()) && log.wasAbsent(command.key(), acknowledged);
        } else {
            Optional<Record> there = log.state(new Place(Space.KEYS, command.key()), current.index());
            right = there.filter(record -> record.revision().equals(current)).isPresent()
                    && !Effects.holds(command, there)
                    && current.index() >= acknowledged;
        }
        if (!right) {
            throw new Violation(
                    Promise.CONDITIONS_FOLLOW_THE_LOG,
                    "%s was answered %s, and that was not so".formatted(asked, failed));
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
        if (!log.visible(asked.key(), applied).equals(record)) {
            throw new Violation(
                    Promise.STATE_FOLLOWS_FROM_LOG,
                    "%s saw %s at %s, but the log makes it %s"
                            .formatted(asked, record, served, log.visible(asked.key(), applied)));
        }
        if (served.consistency() != Consistency.LINEARIZABLE) {
            return;
        }
        if (served.applied().term() < asked.establishedTerm()) {
            throw new Violation(
                    Promise.READ_UNDER_LEASE,
                    "%s was answered by %s after a leader of term %d had served"
                            .formatted(asked, served, asked.establishedTerm()));
        }
        if (applied < asked.acknowledged().index()) {
            throw new Violation(
                    Promise.READ_IS_FRESH,
                    "%s was answered by %s, after %s was acknowledged".formatted(asked, served, asked.acknowledged()));
        }
    }

    /** At the end: what was refused as surely not applied is nowhere in the committed log. */
    void checkRefused() {
        for (Asked asked : refused) {
            CommittedLog log = world.invariants().committed(asked.partition());
            if (Effects.isAnywhere(log, asked)) {
                throw new Violation(Promise.REFUSED_IS_NOT_APPLIED, "refused, and committed: " + asked);
            }
        }
    }
}
