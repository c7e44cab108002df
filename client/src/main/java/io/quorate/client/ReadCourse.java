package io.quorate.client;

import java.util.Optional;
import java.util.function.Function;

/** A read: it changes nothing, so whatever is no answer to it is asked again. */
final class ReadCourse<T> implements Course<T> {
    private final WireRequest request;
    private final boolean forAnyReplica;
    private final boolean isLong;
    private final Function<Reply.Answered, Optional<T>> reader;
    private final Function<Refusal, T> notServed;
    private final ReadFate<T> fate;

    /**
     * @param forAnyReplica whether any replica may answer
     * @param reader the result that an answer is, empty for one that is not understood or is a refusal
     * @param notServed the result of a read that was not answered
     */
    ReadCourse(
            WireRequest request,
            boolean forAnyReplica,
            Function<Reply.Answered, Optional<T>> reader,
            Function<Refusal, T> notServed) {
        this(request, forAnyReplica, false, reader, notServed);
    }

    private ReadCourse(
            WireRequest request,
            boolean forAnyReplica,
            boolean isLong,
            Function<Reply.Answered, Optional<T>> reader,
            Function<Refusal, T> notServed) {
        this.request = request;
        this.forAnyReplica = forAnyReplica;
        this.isLong = isLong;
        this.reader = reader;
        this.notServed = notServed;
        this.fate = new ReadFate<>(notServed);
    }

    /** One that takes as long at the next worker: an attempt may have all the time that is left. */
    static <T> ReadCourse<T> takingLong(
            WireRequest request, Function<Reply.Answered, Optional<T>> reader, Function<Refusal, T> notServed) {
        return new ReadCourse<>(request, false, true, reader, notServed);
    }

    @Override
    public WireRequest request() {
        return request;
    }

    @Override
    public Optional<T> after(Reply reply) {
        return switch (reply) {
            case Reply.NotSent(String detail) -> {
                fate.notSent(detail);
                yield Optional.empty();
            }
            case Reply.Lost(String detail) -> {
                fate.lost(detail);
                yield Optional.empty();
            }
            case Reply.TooLarge(int limitBytes) -> fate.tooLarge(limitBytes);
            case Reply.Answered answer -> reader.apply(answer).or(() -> withoutResult(answer));
        };
    }

    private Optional<T> withoutResult(Reply.Answered answer) {
        return answer.isSuccess()
                ? fate.notUnderstood()
                : fate.refused(ProblemBody.of(answer).refusal());
    }

    @Override
    public T ended() {
        return fate.ended();
    }

    @Override
    public T refused(Refusal why) {
        return notServed.apply(why);
    }

    @Override
    public boolean isLong() {
        return isLong;
    }

    @Override
    public boolean isForAnyReplica() {
        return forAnyReplica;
    }
}
