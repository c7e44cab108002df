package io.quorate.client;

import io.quorate.api.Command;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.client.AtomicResult.Done;
import io.quorate.client.WriteAnswer.Decided;
import io.quorate.client.WriteAnswer.Forgotten;
import io.quorate.client.WriteAnswer.Open;
import io.quorate.client.WriteAnswer.Refused;
import io.quorate.client.WriteResult.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what answers say of writes. */
final class WriteAnswers {
    private static final WriteAnswer<AtomicResult> NOT_UNDERSTOOD =
            new Open<>("the answer to the batch is not understood");
    private static final String NO_REVISION = "the answer has no revision";
    private static final String APPLIED = "applied";

    private WriteAnswers() {}

    /** The answer to a write of one key. */
    static WriteAnswer<WriteResult> single(WireRequest request, Reply.Answered answer) {
        if (answer.isSuccess()) {
            return Tag.revision(answer)
                    .<WriteAnswer<WriteResult>>map(revision -> new Decided<>(applied(request, answer, revision)))
                    .orElseGet(() -> new Open<>(NO_REVISION));
        }
        ProblemBody problem = ProblemBody.of(answer);
        if (isApplied(problem)) {
            Json body = JsonReader.read(answer.body()).orElseGet(Json.Null::new);
            return tooFewAcks(body);
        }
        return without(
                problem,
                () -> new WriteResult.ConditionFailed(Tag.revision(answer).orElse(Revision.NONE)),
                WriteResult.NotApplied::new);
    }

    /** Whether it was done, and is on fewer replicas than it was to be on. */
    private static boolean isApplied(ProblemBody problem) {
        return problem.refusal().is(Problem.TOO_FEW_ACKS) && problem.outcome().equals(APPLIED);
    }

    private static WriteAnswer<WriteResult> tooFewAcks(Json body) {
        return body.text("revision")
                .flatMap(Revision::parse)
                .<WriteAnswer<WriteResult>>map(revision -> new Decided<>(
                        applied(body, revision, body.truth("existed").orElse(false))))
                .orElseGet(() -> new Open<>(NO_REVISION));
    }

    private static WriteResult applied(WireRequest request, Reply.Answered answer, Revision revision) {
        Json body = JsonReader.read(answer.body()).orElseGet(Json.Null::new);
        boolean existed = request.method().equals("DELETE")
                ? answer.headers().first(Header.EXISTED).filter("true"::equals).isPresent()
                : answer.status() == 200;
        return applied(body, revision, existed);
    }

    private static WriteResult applied(Json body, Revision revision, boolean existed) {
        return new WriteResult.Applied(revision, existed, sum(body), copies(body), ExplanationReader.read(body));
    }

    /** What an item of a batch says that was a write. */
    static WriteAnswer<WriteResult> item(Json item) {
        Optional<Revision> revision = item.text("revision").flatMap(Revision::parse);
        Optional<ProblemBody> problem = ProblemBody.of(item);
        if (problem.isPresent() && isApplied(problem.get())) {
            return tooFewAcks(item);
        }
        if (problem.isPresent()) {
            return without(
                    problem.get(),
                    () -> new WriteResult.ConditionFailed(revision.orElse(Revision.NONE)),
                    WriteResult.NotApplied::new);
        }
        boolean existed = item.truth("existed").orElse(false);
        return revision.<WriteAnswer<WriteResult>>map(written ->
                        new Decided<>(new WriteResult.Applied(written, existed, sum(item), Optional.empty())))
                .orElseGet(() -> new Open<>(NO_REVISION));
    }

    /**
     * The answer to a batch that is atomic.
     *
     * @param commands what it has
     * @param nowMillis the time of this machine, milliseconds since 1970
     */
    static WriteAnswer<AtomicResult> atomic(List<Command> commands, long nowMillis, Reply.Answered answer) {
        Json body = JsonReader.read(answer.body()).orElseGet(Json.Null::new);
        ProblemBody problem = ProblemBody.of(answer);
        if (!answer.isSuccess() && !isApplied(problem)) {
            int item = Math.clamp(body.number("item").orElse(0), 0, Integer.MAX_VALUE);
            return without(
                    problem,
                    () -> new AtomicResult.ConditionFailed(
                            item, Tag.revision(answer).orElse(Revision.NONE)),
                    AtomicResult.NotApplied::new);
        }
        List<Json> items = body.elements("items");
        if (items.size() != commands.size()) {
            return NOT_UNDERSTOOD;
        }
        List<Done> done = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            done.add(done(commands.get(i), items.get(i), nowMillis));
        }
        return Tag.revision(answer)
                .<WriteAnswer<AtomicResult>>map(
                        revision -> new Decided<>(new AtomicResult.Applied(revision, done, copies(body))))
                .orElse(NOT_UNDERSTOOD);
    }

    private static Done done(Command command, Json item, long nowMillis) {
        boolean existed = item.truth("existed").orElse(false);
        return command instanceof Command.Get
                ? new Done(
                        existed, OptionalLong.empty(), existed ? ReadAnswers.found(item, nowMillis) : Optional.empty())
                : new Done(existed, sum(item));
    }

    /**
     * A condition that did not hold is an outcome that is remembered, as is a lifetime that was to be given to a key that
     * is not there; any other refusal speaks of this attempt.
     */
    private static <T> WriteAnswer<T> without(
            ProblemBody problem, Supplier<T> conditionFailed, Function<Refusal, T> notApplied) {
        Refusal why = problem.refusal();
        if (!problem.outcome().equals(ProblemBody.NOT_APPLIED)) {
            return why.is(Problem.SESSION_ENDED) ? new Forgotten<>(why.detail()) : new Open<>(why.detail());
        }
        if (why.is(Problem.CONDITION_FAILED)) {
            return new Decided<>(conditionFailed.get());
        }
        return why.is(Problem.KEY_NOT_FOUND) ? new Decided<>(notApplied.apply(why)) : new Refused<>(why);
    }

    private static OptionalLong sum(Json body) {
        Optional<Long> sum = body.text("value").flatMap(WriteAnswers::whole);
        return sum.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> whole(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException otherwise) {
            return Optional.empty();
        }
    }

    private static Optional<Copies> copies(Json body) {
        int acks = count(body, "acks");
        int replicas = count(body, "replicas");
        int quorum = count(body, "quorum");
        return acks > 0 && replicas > 0 && quorum > 0
                ? Optional.of(new Copies(acks, replicas, quorum))
                : Optional.empty();
    }

    private static int count(Json body, String name) {
        return Math.clamp(body.number(name).orElse(0), 0, Integer.MAX_VALUE);
    }
}
