package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Tiny histories of one key with answers drawn from a few, so that about as many are good as bad. */
final class RandomHistories {
    private final SplittableRandom random;

    RandomHistories(long seed) {
        this.random = new SplittableRandom(seed);
    }

    List<Operation> next(int most) {
        boolean counts = random.nextInt(3) == 0;
        int size = random.nextInt(2, most + 1);
        List<Operation> history = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            Call call = call(counts, id);
            Result result = result(call, counts);
            long start = random.nextLong(20);
            long end = result instanceof Result.Unknown ? Operation.NEVER : start + random.nextLong(12);
            history.add(new Operation(id, "c" + id, "k", call, start, end, result));
        }
        return history;
    }

    private Call call(boolean counts, int id) {
        String value = counts ? Integer.toString(random.nextInt(1, 4)) : "v" + id;
        return switch (random.nextInt(counts ? 10 : 8)) {
            case 0, 1 -> new Call.Put(value);
            case 2 -> new Call.Delete();
            case 3 -> new Call.PutIf(version(), value);
            case 4 -> new Call.DeleteIf(version());
            case 5, 6, 7 -> new Call.Read();
            default -> new Call.Add(random.nextLong(1, 3));
        };
    }

    private Result result(Call call, boolean counts) {
        if (call instanceof Call.Read) {
            if (random.nextInt(4) == 0) {
                return new Result.ReadValue(Optional.empty(), Optional.empty());
            }
            int number = random.nextInt(1, 5);
            return new Result.ReadValue(
                    Optional.of(counts ? Integer.toString(number) : "v" + number), maybe(revision()));
        }
        boolean conditional = call instanceof Call.PutIf || call instanceof Call.DeleteIf;
        return switch (random.nextInt(10)) {
            case 0 -> new Result.NotApplied();
            case 1, 2, 3, 4 -> new Result.Unknown();
            case 5 -> conditional ? new Result.ConditionFailed(version()) : applied(call);
            default -> applied(call);
        };
    }

    private Result applied(Call call) {
        return new Result.Applied(
                maybe(revision()),
                maybe(random.nextInt(3) > 0),
                call instanceof Call.Add ? maybe(random.nextLong(1, 5)) : Optional.empty());
    }

    private Version version() {
        return random.nextInt(3) == 0 ? new Version.Absent() : new Version.At(revision());
    }

    private Revision revision() {
        return new Revision(1, random.nextLong(1, 5));
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
    }
}
