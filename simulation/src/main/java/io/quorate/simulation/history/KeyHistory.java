package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operations of one key, made ready for the search.
 *
 * <p>Without {@link Call.Add}, a value that one write alone stores tells whose it is: a read of it with its revision
 * reveals the revision of the write. Writes of known revisions have one possible order, which is what makes the search
 * short.
 *
 * <p>A write of unknown fate whose value nobody read may matter still: it makes a key exist, replaces a value, fails a
 * condition. So it stays, but which of several such writes it was makes no difference. All of them get the value of
 * the first, which gives them equal steps; the search uses writes with equal steps in the order of their starts.
 */
final class KeyHistory {
    /** Operations that every order contains, by their starts. */
    final List<Operation> decided;

    /** Writes that an order may contain, by their starts. */
    final List<Operation> optional;

    private final Map<Operation, Step> steps = new HashMap<>();

    KeyHistory(List<Operation> operations) {
        Comparator<Operation> byStart =
                Comparator.comparingLong(Operation::startNanos).thenComparingLong(Operation::id);
        this.decided =
                operations.stream().filter(Operation::isDecided).sorted(byStart).toList();
        this.optional = operations.stream()
                .filter(Operation::isUndecidedWrite)
                .sorted(byStart)
                .toList();
        prepare();
    }

    Step step(Operation operation) {
        Step step = steps.get(operation);
        if (step == null) {
            throw new IllegalArgumentException("not of this history: " + operation.line());
        }
        return step;
    }

    /** For each optional write the one before it with an equal step, or -1. */
    int[] twins() {
        Map<Step, Integer> last = new HashMap<>();
        int[] twins = new int[optional.size()];
        for (int each = 0; each < twins.length; each++) {
            Integer before = last.put(step(optional.get(each)), each);
            twins[each] = before == null ? -1 : before;
        }
        return twins;
    }

    /** For each decided operation the decided write of the next older known revision, if it makes one itself; or -1. */
    int[] olderOfDecided() {
        return older(decided);
    }

    /** For each optional write the decided write of the next older known revision, or -1. */
    int[] olderOfOptional() {
        return older(optional);
    }

    private int[] older(List<Operation> operations) {
        TreeMap<Revision, Integer> writers = new TreeMap<>();
        for (int each = 0; each < decided.size(); each++) {
            int writer = each;
            step(decided.get(each)).revision().ifPresent(revision -> writers.put(revision, writer));
        }
        return operations.stream()
                .mapToInt(operation -> step(operation)
                        .revision()
                        .map(writers::lowerEntry)
                        .map(Map.Entry::getValue)
                        .orElse(-1))
                .toArray();
    }

    private void prepare() {
        List<Operation> all = new ArrayList<>(decided);
        all.addAll(optional);
        boolean valuesTellWrites = all.stream().noneMatch(operation -> operation.call() instanceof Call.Add);
        Map<String, Revision> revealed = valuesTellWrites ? revealed(all) : Map.of();
        Set<String> read = new HashSet<>();
        for (Operation operation : decided) {
            if (operation.result() instanceof Result.ReadValue seen) {
                seen.value().ifPresent(read::add);
            }
        }
        Optional<String> unread = valuesTellWrites
                ? optional.stream()
                        .flatMap(operation -> valueOf(operation.call()).stream())
                        .filter(value -> !read.contains(value))
                        .findFirst()
                : Optional.empty();
        for (Operation operation : all) {
            steps.put(operation, step(operation, revealed, read, unread));
        }
    }

    private static Step step(
            Operation operation, Map<String, Revision> revealed, Set<String> read, Optional<String> unread) {
        Optional<Revision> own =
                operation.result() instanceof Result.Applied applied ? applied.revision() : Optional.empty();
        Optional<String> value = valueOf(operation.call());
        Optional<Revision> revision = operation.result() instanceof Result.ConditionFailed
                ? Optional.empty()
                : own.or(() -> value.map(revealed::get));
        boolean nobodyRead = operation.isUndecidedWrite()
                && value.filter(put -> !read.contains(put)).isPresent();
        Call call = nobodyRead
                ? unread.map(put -> storing(operation.call(), put)).orElse(operation.call())
                : operation.call();
        return new Step(call, operation.result(), revision);
    }

    /** The revisions that reads reveal of values that one write alone stores. */
    private static Map<String, Revision> revealed(List<Operation> operations) {
        Map<String, Integer> writers = new HashMap<>();
        for (Operation operation : operations) {
            if (!(operation.result() instanceof Result.ConditionFailed)) {
                valueOf(operation.call()).ifPresent(value -> writers.merge(value, 1, Integer::sum));
            }
        }
        Map<String, Revision> revealed = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.result() instanceof Result.ReadValue seen
                    && seen.revision().isPresent()) {
                String value = seen.value().orElse("");
                if (writers.getOrDefault(value, 0) == 1) {
                    revealed.putIfAbsent(value, seen.revision().get());
                }
            }
        }
        return revealed;
    }

    private static Optional<String> valueOf(Call call) {
        return switch (call) {
            case Call.Put(String value) -> Optional.of(value);
            case Call.PutIf(Version _, String value) -> Optional.of(value);
            case Call.Read _, Call.Delete _, Call.DeleteIf _, Call.Add _ -> Optional.empty();
        };
    }

    private static Call storing(Call call, String value) {
        return switch (call) {
            case Call.Put _ -> new Call.Put(value);
            case Call.PutIf(Version expected, String _) -> new Call.PutIf(expected, value);
            case Call.Read _, Call.Delete _, Call.DeleteIf _, Call.Add _ -> call;
        };
    }
}
