package io.quorate.client;

import io.quorate.api.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A write of one key, or of several together, that every attempt sends under the same name. */
final class WriteCourse<T> implements Course<T> {
    private static final String EARLIER = "an earlier attempt may have been taken";

    private final WireRequest request;
    private final Function<Reply.Answered, WriteAnswer<T>> reader;
    private final Function<Refusal, T> notApplied;
    private final WriteFate<T> fate;
    private final int leastBodyBytes;

    private WriteCourse(
            WireRequest request,
            Function<Reply.Answered, WriteAnswer<T>> reader,
            Function<Refusal, T> notApplied,
            WriteFate<T> fate,
            int leastBodyBytes) {
        this.request = request;
        this.reader = reader;
        this.notApplied = notApplied;
        this.fate = fate;
        this.leastBodyBytes = leastBodyBytes;
    }

    /** A write of one key under that name, an idempotency key or a {@link SessionName}. */
    static WriteCourse<WriteResult> of(WireRequest unnamed, String name) {
        WireRequest request = unnamed.with(SessionName.isOne(name) ? Header.SESSION : Header.IDEMPOTENCY_KEY, name);
        return new WriteCourse<>(
                request,
                answer -> WriteAnswers.single(request, answer),
                WriteResult.NotApplied::new,
                new WriteFate<>(name, WriteResult.NotApplied::new, WriteResult.Unknown::new),
                0);
    }

    /** The same write once more, of which an attempt before this call may have been taken. */
    static WriteCourse<WriteResult> again(WireRequest unnamed, String name) {
        WriteCourse<WriteResult> course = of(unnamed, name);
        course.fate.open(EARLIER);
        return course;
    }

    /** A batch that is atomic once more, of which an attempt before this call may have been taken. */
    static WriteCourse<AtomicResult> atomicAgain(
            WireRequest request, List<Command> commands, String idempotencyKey, LongSupplier clockMillis) {
        WriteCourse<AtomicResult> course = atomic(request, commands, idempotencyKey, clockMillis);
        course.fate.open(EARLIER);
        return course;
    }

    /**
     * A batch that is atomic.
     *
     * @param commands what it has
     * @param clockMillis the time of this machine, milliseconds since 1970
     * @param idempotencyKey under which every attempt is sent
     */
    static WriteCourse<AtomicResult> atomic(
            WireRequest request, List<Command> commands, String idempotencyKey, LongSupplier clockMillis) {
        return new WriteCourse<>(
                request,
                answer -> WriteAnswers.atomic(commands, clockMillis.getAsLong(), answer),
                AtomicResult.NotApplied::new,
                new WriteFate<>(idempotencyKey, AtomicResult.NotApplied::new, AtomicResult.Unknown::new),
                BatchRequests.MAX_ANSWER_BYTES);
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<T> after(Reply reply) {
        switch (reply) {
            case Reply.NotSent(String detail) -> fate.notSent(detail);
            case Reply.Lost(String detail) -> fate.open(detail);
            case Reply.TooLarge(int limitBytes) ->
                fate.open("the answer to the write has more than " + limitBytes + " bytes");
            case Reply.Answered answer -> {
                return fate.after(reader.apply(answer));
            }
        }
        return Optional.empty();
    }

    @Override
    public T ended() {
        return fate.ended();
    }

    @Override
    public T refused(Refusal why) {
        return notApplied.apply(why);
    }

    @Override
    public int maxBodyBytes(int ofOneValue) {
        return Math.max(ofOneValue, leastBodyBytes);
    }
}
