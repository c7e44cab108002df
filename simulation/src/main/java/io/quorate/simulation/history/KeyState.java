package io.quorate.simulation.history;

import io.quorate.api.Revision;
import java.util.Optional;

/**
 * The sequential model of one key: what it holds after some operations in some order.
 *
 * <p>A revision that nobody has told is open until an operation names it. It must then be newer than every revision
 * known before, so that no two versions ever get the same.
 *
 * @param value empty when the key does not exist
 * @param revision of the value, if known
 * @param newest the newest revision known so far
 */
record KeyState(Optional<String> value, Optional<Revision> revision, Revision newest) {
    static final KeyState ABSENT = new KeyState(Optional.empty(), Optional.empty(), Revision.NONE);

    /** After one more operation; empty when it cannot come next. */
    Optional<KeyState> after(Step step) {
        return switch (step.call()) {
            case Call.Read _ -> read(step.result());
            case Call.Put(String put) -> written(step, Optional.of(put));
            case Call.Delete _ -> written(step, Optional.empty());
            case Call.PutIf(Version expected, String put) -> conditional(expected, step, Optional.of(put));
            case Call.DeleteIf(Version expected) -> conditional(expected, step, Optional.empty());
            case Call.Add(long amount) -> added(step, amount);
        };
    }

    private Optional<KeyState> read(Result result) {
        if (!(result instanceof Result.ReadValue seen) || !seen.value().equals(value)) {
            return Optional.empty();
        }
        return seen.revision().isEmpty()
                ? Optional.of(this)
                : at(new Version.At(seen.revision().get()));
    }

    private Optional<KeyState> conditional(Version expected, Step step, Optional<String> next) {
        if (step.result() instanceof Result.ConditionFailed(Version current)) {
            return current.equals(expected) ? Optional.empty() : at(current);
        }
        return at(expected).flatMap(matching -> matching.written(step, next));
    }

    /** This state if the key is at the version, which an open revision then is. */
    private Optional<KeyState> at(Version version) {
        return switch (version) {
            case Version.Absent _ -> Optional.of(this).filter(state -> value.isEmpty());
            case Version.At(Revision named) -> {
                if (value.isEmpty() || revision.isPresent()) {
                    yield Optional.of(this).filter(state -> revision.equals(Optional.of(named)));
                }
                yield named.compareTo(newest) > 0
                        ? Optional.of(new KeyState(value, Optional.of(named), named))
                        : Optional.empty();
            }
        };
    }

    private Optional<KeyState> added(Step step, long amount) {
        try {
            long total = Math.addExact(Long.parseLong(value.orElse("0")), amount);
            boolean told = step.result() instanceof Result.Applied applied
                    && applied.total().isPresent()
                    && applied.total().get() != total;
            return told ? Optional.empty() : written(step, Optional.of(Long.toString(total)));
        } catch (NumberFormatException | ArithmeticException notANumber) {
            return Optional.empty();
        }
    }

    private Optional<KeyState> written(Step step, Optional<String> next) {
        boolean existedAsTold = !(step.result() instanceof Result.Applied applied)
                || applied.existed().isEmpty()
                || applied.existed().get() == value.isPresent();
        boolean newer = step.revision().isEmpty() || step.revision().get().compareTo(newest) > 0;
        return existedAsTold && newer
                ? Optional.of(new KeyState(
                        next,
                        next.isPresent() ? step.revision() : Optional.empty(),
                        step.revision().orElse(newest)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value.map(held ->
                        "'" + held + "' at " + revision.map(Revision::toString).orElse("an open revision"))
                .orElse("absent");
    }
}
