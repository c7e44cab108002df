package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries every order of every choice of unknown writes, then lets each order run on a model of its own that collects
 * which revision each version must have and may not have, and judges them at the end.
 */
final class BruteForce {
    /** One state of the key, deletions included: what is there, and all that was said about its revision. */
    private static final class Written {
        final boolean exists;
        final String value;
        final List<Revision> said = new ArrayList<>();

        Written(boolean exists, String value) {
            this.exists = exists;
            this.value = value;
        }
    }

    private BruteForce() {}

    static boolean explains(List<Operation> history) {
        List<Operation> relevant = history.stream()
                .filter(operation -> operation.isDecided() || operation.isUndecidedWrite())
                .toList();
        return extend(new ArrayList<>(), relevant);
    }

    private static boolean extend(List<Operation> order, List<Operation> left) {
        if (left.stream().noneMatch(Operation::isDecided) && holds(order)) {
            return true;
        }
        for (Operation next : left) {
            boolean mayComeNext =
                    left.stream().noneMatch(other -> other.isDecided() && other.endNanos() < next.startNanos());
            if (mayComeNext) {
                List<Operation> rest = new ArrayList<>(left);
                rest.remove(next);
                order.addLast(next);
                boolean found = extend(order, rest);
                order.removeLast();
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holds(List<Operation> order) {
        List<Written> versions = new ArrayList<>(List.of(new Written(false, "")));
        for (Operation operation : order) {
            if (!run(operation, versions)) {
                return false;
            }
        }
        Revision newest = Revision.NONE;
        for (Written version : versions) {
            if (version.said.stream().distinct().count() > 1) {
                return false;
            }
            if (!version.said.isEmpty()) {
                if (version.said.getFirst().compareTo(newest) <= 0) {
                    return false;
                }
                newest = version.said.getFirst();
            }
        }
        return true;
    }

    private static boolean run(Operation operation, List<Written> versions) {
        Written now = versions.getLast();
        switch (operation.result()) {
            case Result.ReadValue(Optional<String> value, Optional<Revision> revision) -> {
                revision.ifPresent(now.said::add);
                return value.isPresent() == now.exists && value.orElse("").equals(now.value);
            }
            case Result.ConditionFailed(Version current) -> {
                return !expected(operation.call()).equals(current) && is(current, now);
            }
            case Result.Applied(Optional<Revision> revision, Optional<Boolean> existed, Optional<Long> total) -> {
                boolean fits = existed.orElse(now.exists) == now.exists && write(operation.call(), versions);
                revision.ifPresent(versions.getLast().said::add);
                return fits
                        && total.map(sum -> versions.getLast().value.equals(Long.toString(sum)))
                                .orElse(true);
            }
            case Result.Unknown _ -> {
                return write(operation.call(), versions);
            }
            case Result.NotApplied _ -> throw new IllegalStateException("has no place");
        }
    }

    private static boolean write(Call call, List<Written> versions) {
        Written now = versions.getLast();
        switch (call) {
            case Call.Read _ -> throw new IllegalStateException("writes nothing");
            case Call.Put(String value) -> versions.add(new Written(true, value));
            case Call.PutIf(Version expected, String value) -> {
                versions.add(new Written(true, value));
                return is(expected, now);
            }
            case Call.Delete _ -> versions.add(new Written(false, ""));
            case Call.DeleteIf(Version expected) -> {
                versions.add(new Written(false, ""));
                return is(expected, now);
            }
            case Call.Add(long amount) -> {
                boolean isNumber = !now.exists || now.value.matches("-?\\d+");
                long sum = amount + (now.exists && isNumber ? Long.parseLong(now.value) : 0);
                versions.add(new Written(true, Long.toString(sum)));
                return isNumber;
            }
        }
        return true;
    }

    private static boolean is(Version version, Written now) {
        return switch (version) {
            case Version.Absent _ -> !now.exists;
            case Version.At(Revision revision) -> {
                now.said.add(revision);
                yield now.exists;
            }
        };
    }

    private static Version expected(Call call) {
        return switch (call) {
            case Call.PutIf(Version expected, String _) -> expected;
            case Call.DeleteIf(Version expected) -> expected;
            case Call.Read _, Call.Put _, Call.Delete _, Call.Add _ ->
                throw new IllegalStateException("has no condition");
        };
    }
}
