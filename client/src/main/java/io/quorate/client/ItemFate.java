package io.quorate.client;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is known of one item of a batch, from attempt to attempt of the batch: each sends the item again, under the same
 * name.
 */
sealed interface ItemFate {
    /** The batch reached nobody. */
    void notSent(String detail);

    /** The batch may have been taken, or not. */
    void lost(String detail);

    /** The batch was answered as a whole: it was refused, or its fate is open. */
    void answered(ProblemBody whole);

    /** The item was answered. */
    void answered(Json item);

    /** What became of it, unless it is to be sent again. */
    Optional<BatchItemResult> result();

    /** The result when it is not sent again. */
    BatchItemResult ended();

    /** The result when it was never sent. */
    BatchItemResult refused(Refusal why);

    /** A write. */
    final class OfWrite implements ItemFate {
        private final WriteFate<WriteResult> fate;
        private Optional<WriteResult> result = Optional.empty();
        /** The cluster remembers the result under the item's name, so that further attempts change nothing. */
        private boolean remembered;

        /** @param idempotencyKey the item's own */
        OfWrite(String idempotencyKey) {
            this.fate = new WriteFate<>(idempotencyKey, WriteResult.NotApplied::new, WriteResult.Unknown::new);
        }

        @Override
        public void notSent(String detail) {
            fate.notSent(detail);
        }

        /** What was refused before may have been taken this time. */
        @Override
        public void lost(String detail) {
            if (!remembered) {
                fate.open(detail);
                result = Optional.empty();
            }
        }

        @Override
        public void answered(ProblemBody whole) {
            if (!whole.outcome().equals(ProblemBody.NOT_APPLIED)) {
                lost(whole.refusal().detail());
            } else if (result.isEmpty()) {
                result = fate.after(new WriteAnswer.Refused<>(whole.refusal()));
            }
        }

        @Override
        public void answered(Json item) {
            if (!remembered) {
                WriteAnswer<WriteResult> answer = WriteAnswers.item(item);
                remembered = answer instanceof WriteAnswer.Decided<WriteResult>;
                result = fate.after(answer);
            }
        }

        @Override
        public Optional<BatchItemResult> result() {
            return result.map(BatchItemResult.class::cast);
        }

        @Override
        public BatchItemResult ended() {
            return result.orElseGet(fate::ended);
        }

        @Override
        public BatchItemResult refused(Refusal why) {
            return new WriteResult.NotApplied(why);
        }
    }

    /** A read. */
    final class OfRead implements ItemFate {
        private final LongSupplier clockMillis;
        private final ReadFate<ReadResult> fate = new ReadFate<>(ReadResult.NotServed::new);
        private Optional<ReadResult> result = Optional.empty();

        /** @param clockMillis the time of this machine, milliseconds since 1970 */
        OfRead(LongSupplier clockMillis) {
            this.clockMillis = clockMillis;
        }

        @Override
        public void notSent(String detail) {
            fate.notSent(detail);
        }

        @Override
        public void lost(String detail) {
            fate.lost(detail);
        }

        @Override
        public void answered(ProblemBody whole) {
            if (result.isEmpty()) {
                result = fate.refused(whole.refusal());
            }
        }

        @Override
        public void answered(Json item) {
            if (result.isEmpty()) {
                result = ReadAnswers.item(item, clockMillis.getAsLong())
                        .or(() -> ProblemBody.of(item)
                                .map(problem -> fate.refused(problem.refusal()))
                                .orElseGet(fate::notUnderstood));
            }
        }

        @Override
        public Optional<BatchItemResult> result() {
            return result.map(BatchItemResult.class::cast);
        }

        @Override
        public BatchItemResult ended() {
            return result.orElseGet(fate::ended);
        }

        @Override
        public BatchItemResult refused(Refusal why) {
            return new ReadResult.NotServed(why);
        }
    }
}
