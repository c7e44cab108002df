package io.quorate.core.replica;

import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import io.quorate.core.log.Change;
import java.util.List;
import java.util.Optional;

/** How much the commands of one write may come to together: it goes into one entry, and into one answer. */
final class AtomicLimit {
    private static final int MAX_BYTES = 2 << 20;

    /** What a named write tells is kept for as long as its name. */
    private static final int MAX_KEPT_BYTES = 64 << 10;

    private AtomicLimit() {}

    /** Why it is not done, if it comes to too much. */
    static Optional<Outcome> refusal(WriteRequest request, List<Change> changes, List<ItemResult> items) {
        if (!request.isAtomic()) {
            return Optional.empty();
        }
        long told = EntrySizes.ofResults(items);
        long changed = changes.stream().mapToLong(EntrySizes::of).sum();
        if (told + changed > MAX_BYTES) {
            return tooLarge(
                    "what the commands of this write change and read is together larger than " + MAX_BYTES + " bytes");
        }
        return told > MAX_KEPT_BYTES && request.name().isPresent()
                ? tooLarge("what a write reads that can be repeated is kept for repetitions, and together larger than "
                        + MAX_KEPT_BYTES + " bytes: read less with it, or send it without a name")
                : Optional.empty();
    }

    private static Optional<Outcome> tooLarge(String detail) {
        return Optional.of(new Outcome.NotApplied(Problem.VALUE_TOO_LARGE, detail));
    }
}
