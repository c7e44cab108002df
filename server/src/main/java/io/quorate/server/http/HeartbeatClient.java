package io.quorate.server.http;

import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends a worker's heartbeats to the active controller, one at a time over a kept connection; used on one event loop.
 *
 * <p>It remembers which controller answered last, tries the others when that one does not, and goes where a controller
 * that is not active points to.
 */
public final class HeartbeatClient {
    private static final long MAX_ANSWER_BYTES = 64L << 20;

    private final Upstream upstream;
    private final List<String> controllers;
    private final long timeoutMillis;
    private String current;
    private boolean underWay;

    /**
     * @param controllers their HTTP addresses, at least one
     * @param timeoutMillis how long one heartbeat may take, all controllers that are tried included
     */
    public HeartbeatClient(Vertx vertx, List<String> controllers, long timeoutMillis) {
        this.controllers = List.copyOf(controllers);
        this.current = this.controllers.getFirst();
        this.timeoutMillis = timeoutMillis;
        this.upstream = new Upstream(vertx, timeoutMillis, MAX_ANSWER_BYTES);
    }

    /** What came of a heartbeat. */
    public sealed interface Reply {
        /**
         * A controller answered; {@code NotActive} only when no active one was found.
         *
         * @param controller its address
         */
        record Answered(String controller, HeartbeatAnswer answer) implements Reply {}

        /**
         * No controller answered.
         *
         * @param detail for the log: what each of them did
         */
        record Unanswered(String detail) implements Reply {}
    }

    /**
     * Sends a heartbeat, unless one is still under way.
     *
     * @return whether it is sent and {@code whenDone} will be called
     */
    public boolean send(Heartbeat heartbeat, Consumer<Reply> whenDone) {
        if (underWay) {
            return false;
        }
        underWay = true;
        new Round(heartbeat, whenDone).tryNext(current);
        return true;
    }

    /** Closes the connections. */
    public Future<Void> close() {
        return upstream.close();
    }

    /** One heartbeat on its way to whoever takes it. */
    private final class Round {
        private final io.quorate.api.Bytes body;
        private final Consumer<Reply> whenDone;
        private final long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        private final List<String> tried = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private Optional<Reply> notActive = Optional.empty();

        Round(Heartbeat heartbeat, Consumer<Reply> whenDone) {
            this.body = HeartbeatJson.write(heartbeat);
            this.whenDone = whenDone;
        }

        void tryNext(String controller) {
            long remainingMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (remainingMillis <= 0) {
                giveUp();
                return;
            }
            tried.add(controller);
            int left = Math.max(1, untried().size() + 1);
            upstream.ask(
                    new Upstream.Request(
                            "POST",
                            controller,
                            "/heartbeat",
                            Map.of("Content-Type", MediaTypes.JSON),
                            body,
                            Math.max(1, remainingMillis / left)),
                    answer -> take(controller, answer));
        }

        private void take(String controller, Upstream.Answer answer) {
            switch (answer) {
                case Upstream.Answer.Unreached(String detail) -> next(controller + ": " + detail);
                case Upstream.Answer.Lost(String detail) -> next(controller + ": " + detail);
                case Upstream.Answer.Answered answered ->
                    HeartbeatJson.readAnswer(answered.body())
                            .ifPresentOrElse(
                                    read -> decide(controller, read),
                                    () -> next(controller + ": status " + answered.status() + " without an answer"));
            }
        }

        private void decide(String controller, HeartbeatAnswer answer) {
            if (answer instanceof HeartbeatAnswer.NotActive(Optional<String> active)) {
                notActive = Optional.of(new Reply.Answered(controller, answer));
                failures.add(controller + ": not active");
                active.filter(hint -> !tried.contains(hint))
                        .or(this::untriedOne)
                        .ifPresentOrElse(this::tryNext, this::giveUp);
            } else {
                current = controller;
                finish(new Reply.Answered(controller, answer));
            }
        }

        private void next(String failure) {
            failures.add(failure);
            untriedOne().ifPresentOrElse(this::tryNext, this::giveUp);
        }

        private List<String> untried() {
            return controllers.stream().filter(one -> !tried.contains(one)).toList();
        }

        private Optional<String> untriedOne() {
            return untried().stream().findFirst();
        }

        /** The next heartbeat begins with another controller than this one did. */
        private void giveUp() {
            int at = controllers.indexOf(tried.isEmpty() ? current : tried.getFirst());
            current = controllers.get((at + 1) % controllers.size());
            finish(notActive.orElseGet(() -> new Reply.Unanswered(String.join("; ", failures))));
        }

        private void finish(Reply reply) {
            underWay = false;
            whenDone.accept(reply);
        }
    }
}
